package dev.esteira.tracking;

import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs and what they log. Every method is one transaction: when it returns, its changes are on disk, and many callers'
 * changes share a flush. Thread-safe.
 *
 * <p>{@link #begin}, {@link #log}, {@link #finish} and {@link #link} may be repeated with the same arguments and change
 * nothing then, so a step that goes on after a restart reports everything again.
 */
public final class Tracking {

    /** The most runs of one page. */
    @Limit(value = "Runs of one page of MLflow's search.", unit = "items")
    public static final int SEARCH_MAX = 50_000;

    private final Database database;
    private final InstantSource clock;
    private final IdSource ids;
    private final Experiments experiments;
    private final RunArtifacts artifacts;
    private final ExperimentStore numbers = new ExperimentStore();
    private final RunStore runs = new RunStore();
    private final RunDataStore data = new RunDataStore();

    Tracking(Database database, InstantSource clock, IdSource ids, Experiments experiments, RunArtifacts artifacts) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.experiments = experiments;
        this.artifacts = artifacts;
    }

    /** A new id in the form of MLflow's: 32 hexadecimal digits. */
    static String newId(IdSource ids) {
        return Digest.ofText(ids.next()).hex().substring(0, 32);
    }

    /**
     * Begins a run of a step of this server, and its experiment when there is none of that name. Nothing happens when the
     * run is there.
     *
     * @throws EsteiraException INVALID_STATE when the experiment is deleted; INVALID_PARAMETER_VALUE
     */
    public void begin(WorkspaceName workspace, NewRun wanted) {
        TrackingRules.runId(wanted.runId());
        TrackingRules.runName(wanted.name());
        TrackingRules.userId(wanted.userId());
        var tags = TrackingRules.tags(wanted.tags());
        database.change(tx -> {
            if (runs.find(tx, workspace, wanted.runId()).isPresent()) {
                return;
            }
            var experiment = experiments.ensure(tx, workspace, wanted.experimentName());
            insert(tx, workspace, experiment, wanted, tags);
        });
    }

    private RunRow insert(SqlTx tx, WorkspaceName workspace, Experiment experiment, NewRun wanted, List<Tag> tags)
            throws SQLException {
        var info = new RunInfo(
                wanted.runId(),
                experiment.id(),
                wanted.name(),
                wanted.userId(),
                RunStatus.RUNNING,
                Lifecycle.ACTIVE,
                wanted.start().toEpochMilli(),
                Optional.empty(),
                RunArtifacts.runUri(experiment, wanted.runId()));
        var row = new RunRow(numbers.nextNumber(tx, "run"), info);
        if (!runs.insert(tx, workspace, row, clock.instant())) {
            return required(tx, workspace, wanted.runId());
        }
        var all = new ArrayList<>(tags);
        all.add(new Tag(Tag.RUN_NAME, wanted.name()));
        data.setTags(tx, workspace, row.number(), all);
        return row;
    }

    /**
     * Makes a run for a client.
     *
     * @param name invented when neither it nor the tag {@code mlflow.runName} is there
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_STATE, INVALID_PARAMETER_VALUE
     */
    public Run create(
            WorkspaceName workspace,
            long experimentId,
            String userId,
            Optional<Instant> start,
            Optional<String> name,
            List<Tag> tags) {
        var checked = TrackingRules.tags(tags);
        TrackingRules.userId(userId);
        name.ifPresent(TrackingRules::runName);
        var tagged = checked.stream()
                .filter(tag -> tag.key().equals(Tag.RUN_NAME))
                .map(Tag::value)
                .findFirst();
        if (name.isPresent() && tagged.isPresent() && !name.equals(tagged)) {
            throw TrackingRules.invalid("The run has the name '" + name.get() + "' and the tag " + Tag.RUN_NAME + " '"
                    + tagged.get() + "'; give one of them.");
        }
        var runId = newId(ids);
        var chosen = name.or(() -> tagged).orElseGet(() -> TrackingRules.inventedName(runId));
        return database.write(tx -> {
            var experiment = experiments.active(tx, workspace, experimentId);
            var wanted = new NewRun(experiment.name(), runId, chosen, userId, List.of(), start.orElse(clock.instant()));
            var row = insert(tx, workspace, experiment, wanted, checked);
            return data.withData(tx, workspace, List.of(row)).getFirst();
        });
    }

    /**
     * A run with what it logged, also when it is deleted.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public Run run(WorkspaceName workspace, String runId) {
        return database.read(tx -> data.withData(tx, workspace, List.of(required(tx, workspace, runId)))
                .getFirst());
    }

    /** What a run is, also when it is deleted; empty when there is none. */
    public Optional<RunInfo> find(WorkspaceName workspace, String runId) {
        return database.read(tx -> runs.find(tx, workspace, runId)).map(RunRow::info);
    }

    /**
     * Changes an active run.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE when it is deleted or the name is beyond a
     *     limit
     */
    public RunInfo update(
            WorkspaceName workspace,
            String runId,
            Optional<RunStatus> status,
            Optional<Long> endMillis,
            Optional<String> name) {
        name.ifPresent(TrackingRules::runName);
        return database.write(tx -> {
            var row = active(tx, workspace, runId);
            var old = row.info();
            var changed = change(
                    old,
                    name.orElse(old.name()),
                    status.orElse(old.status()),
                    old.lifecycle(),
                    endMillis.or(old::endMillis));
            runs.update(tx, workspace, new RunRow(row.number(), changed), clock.instant());
            if (name.isPresent()) {
                data.setTags(tx, workspace, row.number(), List.of(new Tag(Tag.RUN_NAME, name.get())));
            }
            return changed;
        });
    }

    /**
     * Ends a run. The first end of a run stays.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE when it is deleted
     */
    public void finish(WorkspaceName workspace, String runId, RunStatus status, Instant end) {
        database.change(tx -> {
            var row = active(tx, workspace, runId);
            if (row.info().status().ended()) {
                return;
            }
            var old = row.info();
            var changed = change(old, old.name(), status, old.lifecycle(), Optional.of(end.toEpochMilli()));
            runs.update(tx, workspace, new RunRow(row.number(), changed), clock.instant());
        });
    }

    /**
     * Deletes a run; no error when it is deleted already.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public void delete(WorkspaceName workspace, String runId) {
        setLifecycle(workspace, runId, Lifecycle.DELETED);
    }

    /**
     * Restores a run; no error when it is not deleted.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public void restore(WorkspaceName workspace, String runId) {
        setLifecycle(workspace, runId, Lifecycle.ACTIVE);
    }

    private void setLifecycle(WorkspaceName workspace, String runId, Lifecycle lifecycle) {
        database.change(tx -> {
            var row = required(tx, workspace, runId);
            var old = row.info();
            var changed = change(old, old.name(), old.status(), lifecycle, old.endMillis());
            runs.update(tx, workspace, new RunRow(row.number(), changed), clock.instant());
        });
    }

    private static RunInfo change(
            RunInfo old, String name, RunStatus status, Lifecycle lifecycle, Optional<Long> endMillis) {
        return new RunInfo(
                old.runId(),
                old.experimentId(),
                name,
                old.userId(),
                status,
                lifecycle,
                old.startMillis(),
                endMillis,
                old.artifactUri());
    }

    /**
     * Logs metrics, params and tags to an active run, all or nothing. A param has one value for ever; tags may change; a
     * metric keeps all its points.
     *
     * @throws EsteiraException INVALID_PARAMETER_VALUE when a param has another value, something is beyond a limit or
     *     malformed, or the run is deleted; RESOURCE_DOES_NOT_EXIST
     */
    public void log(WorkspaceName workspace, String runId, Logged logged) {
        log(workspace, runId, logged, List.of());
    }

    /** The same with metrics that are kept for logged models too. */
    void log(WorkspaceName workspace, String runId, Logged logged, List<ModelMetric> modelMetrics) {
        var checked = TrackingRules.logged(logged);
        database.change(tx -> {
            var row = active(tx, workspace, runId);
            var other = data.addParams(tx, workspace, row.number(), checked.params());
            if (!other.isEmpty()) {
                throw paramChanged(runId, other.getFirst());
            }
            setTags(tx, workspace, row, checked.tags());
            data.addMetrics(tx, workspace, row.number(), checked.metrics());
            data.addModelMetrics(tx, workspace, runId, modelMetrics);
        });
    }

    private void setTags(SqlTx tx, WorkspaceName workspace, RunRow row, List<Tag> tags) throws SQLException {
        data.setTags(tx, workspace, row.number(), tags);
        for (var tag : tags) {
            if (tag.key().equals(Tag.RUN_NAME)) {
                var old = row.info();
                var renamed = change(old, tag.value(), old.status(), old.lifecycle(), old.endMillis());
                runs.update(tx, workspace, new RunRow(row.number(), renamed), clock.instant());
            }
        }
    }

    private static EsteiraException paramChanged(String runId, Param kept) {
        return new EsteiraException(
                TrackingErrorCode.INVALID_PARAMETER_VALUE,
                "The param '" + kept.key() + "' of run " + runId + " is '" + TrackingRules.cut(kept.value(), 200)
                        + "' already and does not change.",
                "Log it under another key, or in another run.");
    }

    /** Appends a value to the list that a tag holds as JSON; longer lists than a tag can hold are refused. */
    void appendToTag(WorkspaceName workspace, String runId, String key, Value value) {
        database.change(tx -> {
            var row = active(tx, workspace, runId);
            var items = new ArrayList<Value>();
            var old = data.tag(tx, workspace, row.number(), key);
            old.ifPresent(text -> items.addAll(Json.parse(text).items()));
            items.add(value);
            var text = Json.text(new Value.Sequence(items));
            TrackingRules.atMost("The tag '" + key + "'", text, TrackingRules.TAG_LENGTH);
            data.setTags(tx, workspace, row.number(), List.of(new Tag(key, text)));
        });
    }

    /**
     * Removes a tag of an active run.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it has no such tag
     */
    public void deleteTag(WorkspaceName workspace, String runId, String key) {
        database.change(tx -> {
            var row = active(tx, workspace, runId);
            if (!data.deleteTag(tx, workspace, row.number(), key)) {
                throw TrackingRules.missing("The run " + runId + " has no tag '" + key + "'.");
            }
        });
    }

    /**
     * Notes which data sets and models an active run read or made.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST; INVALID_PARAMETER_VALUE when the run is deleted or there are too
     *     many of them
     */
    public void relate(WorkspaceName workspace, String runId, List<DatasetInput> datasets, List<ModelLink> models) {
        TrackingRules.count("data sets", datasets, TrackingRules.RELATED_MAX);
        TrackingRules.count("models", models, TrackingRules.RELATED_MAX);
        database.change(tx -> {
            var row = active(tx, workspace, runId);
            data.addDatasets(tx, workspace, row.number(), datasets);
            data.linkModels(tx, workspace, row.number(), models);
        });
    }

    /**
     * Makes the files of an artifact files of a run, below a folder. Nothing is copied.
     *
     * @param folder e.g. {@code model}; empty for the run's root
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public void link(WorkspaceName workspace, String runId, String folder, Artifact artifact) {
        var info = find(workspace, runId).orElseThrow(() -> missing(runId));
        artifacts.link(workspace, info.artifactUri(), folder, artifact);
    }

    /**
     * Runs of some experiments that fit, newest first where the search says nothing else.
     *
     * @param experimentIds at most 10 000
     * @param search at most {@link #SEARCH_MAX} runs
     * @throws EsteiraException INVALID_PARAMETER_VALUE
     */
    public List<Run> search(WorkspaceName workspace, List<Long> experimentIds, Search search) {
        TrackingRules.searched(experimentIds);
        return database.read(tx -> data.withData(tx, workspace, runs.search(tx, workspace, experimentIds, search)));
    }

    /**
     * The history of a metric by timestamp, step and value; none of an unknown run or key.
     *
     * @param after the last point of the page before, empty for the first page
     */
    public List<Metric> history(WorkspaceName workspace, String runId, String key, Optional<Metric> after, int limit) {
        return database.read(tx -> {
            var row = runs.find(tx, workspace, runId);
            return row.isEmpty()
                    ? List.<Metric>of()
                    : data.history(tx, workspace, row.get().number(), key, after, limit);
        });
    }

    private RunRow required(SqlTx tx, WorkspaceName workspace, String runId) throws SQLException {
        return runs.find(tx, workspace, runId).orElseThrow(() -> missing(runId));
    }

    private RunRow active(SqlTx tx, WorkspaceName workspace, String runId) throws SQLException {
        var row = required(tx, workspace, runId);
        if (row.info().lifecycle() != Lifecycle.ACTIVE) {
            throw new EsteiraException(
                    TrackingErrorCode.INVALID_PARAMETER_VALUE,
                    "The run " + runId + " is deleted and takes no changes.",
                    "Restore it first.");
        }
        return row;
    }

    private static EsteiraException missing(String runId) {
        return TrackingRules.missing("There is no run with the id '" + runId + "'.");
    }
}
