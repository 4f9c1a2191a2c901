package dev.esteira.registry;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import dev.esteira.tracking.LoggedModels;
import dev.esteira.tracking.RunArtifacts;
import dev.esteira.tracking.Search;
import dev.esteira.tracking.Tag;
import dev.esteira.tracking.Tracking;
import dev.esteira.tracking.TrackingRules;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What clients of MLflow's protocol do with models and versions. Thread-safe; every method is one transaction. */
final class ClientRegistry {

    @Limit(value = "The value of a tag of a model or version.", unit = "characters")
    private static final int TAG_LENGTH = 100_000;

    @Limit(value = "The description of a model or version.", unit = "characters")
    private static final int DESCRIPTION_LENGTH = 20_000;

    @Limit(value = "The source of a version.", unit = "characters")
    private static final int SOURCE_LENGTH = 4096;

    private static final Pattern RUN_SOURCE = Pattern.compile("runs:/([A-Za-z0-9_-]+)/(.+)");
    private static final Pattern LOGGED_SOURCE = Pattern.compile("models:/(m-[0-9a-f]{32})");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private final Database database;
    private final InstantSource clock;
    private final Tracking tracking;
    private final LoggedModels logged;
    private final RunArtifacts artifacts;
    private final RegistryStore store = new RegistryStore();
    private final ClientStore rows = new ClientStore();
    private final ContentStore contents = new ContentStore();

    ClientRegistry(
            Database database, InstantSource clock, Tracking tracking, LoggedModels logged, RunArtifacts artifacts) {
        this.database = database;
        this.clock = clock;
        this.tracking = tracking;
        this.logged = logged;
        this.artifacts = artifacts;
    }

    /** A model as clients see it. */
    record ModelView(
            RegisteredModel model, List<Tag> tags, List<ClientStore.Found> aliases, Optional<VersionView> latest) {
        ModelView {
            tags = List.copyOf(tags);
            aliases = List.copyOf(aliases);
        }
    }

    /** A version as clients see it. */
    record VersionView(ModelVersion version, List<Tag> tags) {

        VersionView {
            tags = List.copyOf(tags);
        }

        /** Where its model directory is read: from the tree that it pins, when it has one. */
        String location() {
            var byClient = version.run().isEmpty();
            return version.digest()
                    .filter(digest -> byClient)
                    .map(VersionMount::uri)
                    .orElse(version.source());
        }
    }

    /**
     * Makes a model.
     *
     * @throws EsteiraException RESOURCE_ALREADY_EXISTS, INVALID_PARAMETER_VALUE
     */
    ModelView create(WorkspaceName workspace, ModelName name, String description, List<Tag> tags) {
        described(description);
        var checked = checked(tags);
        return database.write(tx -> {
            if (store.model(tx, workspace, name).isPresent()) {
                throw TrackingRules.taken("There is a registered model '" + name + "' already.");
            }
            store.addModel(tx, workspace, name, clock.instant());
            rows.describeModel(tx, workspace, name, description, clock.instant());
            rows.setTags(tx, workspace, name, 0, checked, clock.instant());
            return view(tx, workspace, name);
        });
    }

    private static List<Tag> checked(List<Tag> tags) {
        return TrackingRules.count("tags", tags, TrackingRules.BATCH_PARAMS).stream()
                .map(ClientRegistry::checked)
                .toList();
    }

    private static Tag checked(Tag tag) {
        var key = TrackingRules.key("tag", tag.key());
        return new Tag(key, TrackingRules.atMost("The value of the tag '" + key + "'", tag.value(), TAG_LENGTH));
    }

    private static void described(String description) {
        TrackingRules.atMost("The description", description, DESCRIPTION_LENGTH);
    }

    ModelView model(WorkspaceName workspace, ModelName name) {
        return database.read(tx -> view(tx, workspace, name));
    }

    List<ModelView> models(WorkspaceName workspace, Search search) {
        return database.read(tx -> {
            var views = new ArrayList<ModelView>();
            for (var found : rows.models(tx, workspace, search)) {
                views.add(view(tx, workspace, new ModelName(found.name())));
            }
            return views;
        });
    }

    ModelView describe(WorkspaceName workspace, ModelName name, String description) {
        described(description);
        return database.write(tx -> {
            required(tx, workspace, name);
            rows.describeModel(tx, workspace, name, description, clock.instant());
            return view(tx, workspace, name);
        });
    }

    void delete(WorkspaceName workspace, ModelName name) {
        database.change(tx -> {
            required(tx, workspace, name);
            rows.deleteModel(tx, workspace, name);
        });
    }

    /** Sets a tag of a model (number 0) or of a version. */
    void setTag(WorkspaceName workspace, ModelName name, long number, Tag tag) {
        var tags = checked(List.of(tag));
        database.change(tx -> {
            exists(tx, workspace, name, number);
            rows.setTags(tx, workspace, name, number, tags, clock.instant());
        });
    }

    /** Removes a tag of a model (number 0) or of a version; no error when it has none. */
    void deleteTag(WorkspaceName workspace, ModelName name, long number, String key) {
        database.change(tx -> {
            exists(tx, workspace, name, number);
            rows.deleteTag(tx, workspace, name, number, key);
        });
    }

    private void exists(SqlTx tx, WorkspaceName workspace, ModelName name, long number) throws SQLException {
        if (number == 0) {
            required(tx, workspace, name);
        } else {
            version(tx, workspace, name, number);
        }
    }

    /**
     * Registers a version. When its source lies on this server, the files that are there now are pinned.
     *
     * @param trackedRun the id of a run, or empty
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST when the model, or the run or logged model of the source, is
     *     missing; INVALID_PARAMETER_VALUE
     */
    VersionView register(
            WorkspaceName workspace,
            ModelName name,
            String source,
            String trackedRun,
            String description,
            List<Tag> tags) {
        var checked = checked(tags);
        described(description);
        TrackingRules.atMost("The source of the version", source, SOURCE_LENGTH);
        if (!trackedRun.isEmpty()) {
            TrackingRules.runId(trackedRun);
        }
        var tree = tree(workspace, source);
        return database.write(tx -> {
            required(tx, workspace, name);
            if (tree.isPresent()) {
                contents.save(tx, workspace, tree.get(), clock.instant());
            }
            var number = store.nextNumber(tx, workspace, name, clock.instant());
            var added =
                    new ClientStore.ClientVersion(name, tree.map(Artifact::digest), source, trackedRun, description);
            rows.addVersion(tx, workspace, added, number, clock.instant());
            rows.setTags(tx, workspace, name, number, checked, clock.instant());
            return version(tx, workspace, name, number);
        });
    }

    private Optional<Artifact> tree(WorkspaceName workspace, String source) {
        var lower = source.toLowerCase(Locale.ROOT);
        if (!SCHEME.matcher(source).matches() || lower.startsWith("file:")) {
            throw TrackingRules.invalid("Invalid model version source: '" + source + "' is a local path.");
        }
        if (lower.contains("..") || lower.contains("%2e") || source.indexOf('#') >= 0) {
            throw TrackingRules.invalid("Invalid model version source: '" + source + "' is no plain location.");
        }
        var files = artifacts.tree(workspace, location(workspace, source)).orElse(List.of()).stream()
                .map(file -> new ArtifactFile(file.path(), file.digest(), file.size()))
                .toList();
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(new Artifact(ArtifactType.MODEL, files, Value.Fields.EMPTY));
    }

    private String location(WorkspaceName workspace, String source) {
        var run = RUN_SOURCE.matcher(source);
        if (run.matches()) {
            return tracking.run(workspace, run.group(1)).info().artifactUri() + "/" + run.group(2);
        }
        var model = LOGGED_SOURCE.matcher(source);
        return model.matches() ? logged.model(workspace, model.group(1)).artifactUri() : source;
    }

    VersionView version(WorkspaceName workspace, ModelName name, long number) {
        return database.read(tx -> version(tx, workspace, name, number));
    }

    VersionView aliased(WorkspaceName workspace, ModelName name, String alias) {
        return database.read(tx -> {
            var last = required(tx, workspace, name);
            if (alias.equalsIgnoreCase("latest")) {
                return version(tx, workspace, name, last.lastVersion());
            }
            var number = store.aliased(tx, workspace, name, new Alias(alias))
                    .orElseThrow(() -> TrackingRules.invalid("Registered model alias " + alias + " not found."));
            return version(tx, workspace, name, number);
        });
    }

    List<VersionView> versions(WorkspaceName workspace, Search search) {
        return database.read(tx -> {
            var views = new ArrayList<VersionView>();
            for (var found : rows.versions(tx, workspace, search)) {
                views.add(version(tx, workspace, new ModelName(found.name()), found.number()));
            }
            return views;
        });
    }

    VersionView describe(WorkspaceName workspace, ModelName name, long number, String description) {
        described(description);
        return database.write(tx -> {
            version(tx, workspace, name, number);
            rows.describeVersion(tx, workspace, name, number, description, clock.instant());
            return version(tx, workspace, name, number);
        });
    }

    void delete(WorkspaceName workspace, ModelName name, long number) {
        database.change(tx -> {
            version(tx, workspace, name, number);
            rows.deleteVersion(tx, workspace, name, number, clock.instant());
        });
    }

    private RegisteredModel required(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        return store.model(tx, workspace, name)
                .orElseThrow(() -> TrackingRules.missing("Registered Model with name=" + name + " not found."));
    }

    private VersionView version(SqlTx tx, WorkspaceName workspace, ModelName name, long number) throws SQLException {
        var version = store.version(tx, workspace, name, number)
                .orElseThrow(() ->
                        TrackingRules.missing("Model Version (name=" + name + ", version=" + number + ") not found."));
        return new VersionView(version, rows.tags(tx, workspace, name, number));
    }

    private ModelView view(SqlTx tx, WorkspaceName workspace, ModelName name) throws SQLException {
        var model = required(tx, workspace, name);
        var newest = store.versions(tx, workspace, name, Long.MAX_VALUE, 1);
        var latest = newest.isEmpty()
                ? Optional.<VersionView>empty()
                : Optional.of(version(tx, workspace, name, newest.getFirst().number()));
        return new ModelView(model, rows.tags(tx, workspace, name, 0), rows.aliases(tx, workspace, name), latest);
    }
}
