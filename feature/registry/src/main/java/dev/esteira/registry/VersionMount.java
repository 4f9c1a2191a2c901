package dev.esteira.registry;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.tracking.ArtifactMount;
import dev.esteira.tracking.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The trees that versions pin, as clients of MLflow's artifact proxy read them: {@code versions/<digest>/…}. */
final class VersionMount implements ArtifactMount {

    static final String FOLDER = "versions";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final ModelRegistry registry;

    VersionMount(ModelRegistry registry) {
        this.registry = registry;
    }

    /** Where clients read a pinned tree. */
    static String uri(Digest tree) {
        return "mlflow-artifacts:/" + FOLDER + "/" + tree.hex();
    }

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public Optional<StoredFile> file(WorkspaceName workspace, String path) {
        return tree(workspace, path)
                .flatMap(tree -> tree.file(inside(path)))
                .map(file -> new StoredFile(path, file.digest(), file.size()));
    }

    @Override
    public List<StoredFile> below(WorkspaceName workspace, String path) {
        var inside = inside(path);
        var prefix = inside.isEmpty() ? "" : inside + "/";
        return tree(workspace, path).map(Artifact::files).orElse(List.<ArtifactFile>of()).stream()
                .filter(file -> file.path().startsWith(prefix))
                .map(file -> new StoredFile(digest(path) + "/" + file.path(), file.digest(), file.size()))
                .toList();
    }

    private Optional<Artifact> tree(WorkspaceName workspace, String path) {
        var digest = digest(path);
        return HEX.matcher(digest).matches() ? registry.pinned(workspace, new Digest(digest)) : Optional.empty();
    }

    private static String digest(String path) {
        var slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String inside(String path) {
        var slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(slash + 1);
    }
}
