package dev.esteira.tracking;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of runs and logged models: paths below one root that name contents. Contents are stored once and never
 * changed; putting a file again makes its path name another content. Thread-safe.
 */
public final class RunArtifacts {

    /** How a URI below the server's own root starts. */
    public static final String SCHEME = "mlflow-artifacts:/";

    private final Database database;
    private final Database main;
    private final ArtifactStore contents;
    private final InstantSource clock;
    private final Map<String, ArtifactMount> mounts = new LinkedHashMap<>();
    private final ArtifactPathStore paths = new ArtifactPathStore();
    private final ContentStore known = new ContentStore();

    RunArtifacts(
            Database database, Database main, ArtifactStore contents, InstantSource clock, List<ArtifactMount> mounts) {
        this.database = database;
        this.main = main;
        this.contents = contents;
        this.clock = clock;
        mounts.forEach(mount -> this.mounts.put(mount.folder(), mount));
    }

    static String runUri(Experiment experiment, String runId) {
        return joined(experiment.artifactLocation(), runId + "/artifacts");
    }

    static String modelUri(Experiment experiment, String modelId) {
        return joined(experiment.artifactLocation(), "models/" + modelId + "/artifacts");
    }

    private static String joined(String location, String below) {
        return location.endsWith("/") ? location + below : location + "/" + below;
    }

    /**
     * The path that a URI names below the root, empty when it lies elsewhere or names a server.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE when it is no plain path
     */
    static Optional<ArtifactPath> pathOf(String uri) {
        if (!uri.startsWith(SCHEME) || uri.startsWith(SCHEME + "/")) {
            return Optional.empty();
        }
        return Optional.of(ArtifactPath.of(uri.substring(SCHEME.length())));
    }

    /**
     * Stores a file.
     *
     * @param path below the root
     * @throws EsteiraException INVALID_PARAMETER_VALUE when the path is none, is a folder or lies below a file
     */
    public void put(WorkspaceName workspace, String path, InputStream content) throws IOException {
        var file = writable(ArtifactPath.ofFile(path));
        var stored = contents.put(content);
        // Before the path names it: a content that no workspace has would be swept.
        main.change(tx -> known.note(tx, workspace, stored, clock.instant()));
        putRows(workspace, List.of(new StoredFile(file.text(), stored.digest(), stored.size())));
    }

    private void putRows(WorkspaceName workspace, List<StoredFile> files) {
        database.change(tx -> {
            for (var file : files) {
                var path = file.path();
                if (paths.hasBelow(tx, workspace, path)) {
                    throw TrackingRules.invalid("'" + path + "' is a folder of artifacts, so it cannot be a file.");
                }
                for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                    if (paths.file(tx, workspace, path.substring(0, slash)).isPresent()) {
                        throw TrackingRules.invalid(
                                "'" + path.substring(0, slash) + "' is a file, so nothing can lie below it.");
                    }
                }
            }
            paths.put(tx, workspace, files, clock.instant());
        });
    }

    /** Makes the files of an artifact files below a URI. */
    void link(WorkspaceName workspace, String uri, String folder, Artifact artifact) {
        var root = pathOf(uri)
                .orElseThrow(() -> TrackingRules.invalid("The artifacts of '" + uri + "' do not lie on this server."))
                .resolve(folder);
        var files = artifact.files().stream()
                .map(file -> new StoredFile(root.resolve(file.path()).text(), file.digest(), file.size()))
                .toList();
        putRows(workspace, files);
    }

    /**
     * The file at a path below the root.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
     */
    public StoredFile file(WorkspaceName workspace, String path) {
        var wanted = ArtifactPath.ofFile(path);
        var mount = mounts.get(wanted.first());
        var found = mount == null
                ? database.read(tx -> paths.file(tx, workspace, wanted.text()))
                : mount.file(workspace, wanted.rest());
        return found.orElseThrow(() -> TrackingRules.missing("There is no artifact '" + wanted.text() + "'."));
    }

    /** Opens the content of a file for reading. */
    public InputStream open(StoredFile file) throws IOException {
        return contents.open(file.digest());
    }

    /**
     * All files at or below a URI, with paths below it; empty when the URI does not lie on this server.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE when it is no plain path
     */
    public Optional<List<StoredFile>> tree(WorkspaceName workspace, String uri) {
        return pathOf(uri).map(path -> below(workspace, path));
    }

    private List<StoredFile> below(WorkspaceName workspace, ArtifactPath folder) {
        if (folder.text().isEmpty()) {
            throw TrackingRules.invalid("The whole artifact root cannot be listed; name a folder in it.");
        }
        var mount = mounts.get(folder.first());
        var files = mount == null
                ? database.read(tx -> paths.below(tx, workspace, folder.text()))
                : mount.below(workspace, folder.rest());
        var cut = (mount == null ? folder.text() : folder.rest()).length();
        return files.stream()
                .map(file -> new StoredFile(file.path().substring(cut == 0 ? 0 : cut + 1), file.digest(), file.size()))
                .toList();
    }

    /**
     * What a folder below the root shows, by name; nothing when there is no such folder.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE
     */
    public List<ArtifactEntry> list(WorkspaceName workspace, String folder) {
        var entries = new TreeMap<String, ArtifactEntry>();
        for (var file : below(workspace, ArtifactPath.of(folder))) {
            var slash = file.path().indexOf('/');
            var name = slash < 0 ? file.path() : file.path().substring(0, slash);
            entries.put(name, new ArtifactEntry(name, slash < 0 ? Optional.of(file.size()) : Optional.empty()));
        }
        return List.copyOf(entries.values());
    }

    /**
     * Removes a file, or a folder with all below it; no error when there is none.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE
     */
    public void delete(WorkspaceName workspace, String path) {
        var wanted = writable(ArtifactPath.ofFile(path));
        database.change(tx -> paths.delete(tx, workspace, wanted.text()));
    }

    private ArtifactPath writable(ArtifactPath path) {
        if (mounts.containsKey(path.first())) {
            throw TrackingRules.invalid("What lies below '" + path.first() + "' is kept as it is and is only read.");
        }
        return path;
    }
}
