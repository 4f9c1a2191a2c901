package dev.esteira.tracking;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Models that clients log before, or without, registering them. Thread-safe; every method is one transaction. */
public final class LoggedModels {

    private static final String FORBIDDEN = "/:.%\"'";

    private final Database database;
    private final InstantSource clock;
    private final IdSource ids;
    private final Experiments experiments;
    private final LoggedModelStore models = new LoggedModelStore();

    LoggedModels(Database database, InstantSource clock, IdSource ids, Experiments experiments) {
        this.database = database;
        this.clock = clock;
        this.ids = ids;
        this.experiments = experiments;
    }

    /**
     * Begins a model; its files are still on their way.
     *
     * @param name invented when empty
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_STATE, INVALID_PARAMETER_VALUE
     */
    public LoggedModel create(
            WorkspaceName workspace,
            long experimentId,
            Optional<String> name,
            String modelType,
            String sourceRunId,
            List<Param> params,
            List<Tag> tags) {
        var id = "m-" + Tracking.newId(ids);
        var chosen = name.filter(text -> !text.isEmpty()).orElseGet(() -> TrackingRules.inventedName(id));
        TrackingRules.atMost("The name of the logged model", chosen, TrackingRules.LOGGED_MODEL_LENGTH);
        TrackingRules.atMost("The type of the logged model", modelType, TrackingRules.LOGGED_MODEL_LENGTH);
        if (!sourceRunId.isEmpty()) {
            TrackingRules.runId(sourceRunId);
        }
        if (chosen.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
            throw TrackingRules.invalid("The name '" + chosen + "' of a logged model has one of " + FORBIDDEN + ".");
        }
        var checkedParams = TrackingRules.params(params);
        var checkedTags = TrackingRules.tags(tags);
        return database.write(tx -> {
            var experiment = experiments.active(tx, workspace, experimentId);
            var model = new LoggedModel(
                    id,
                    experimentId,
                    chosen,
                    modelType,
                    sourceRunId,
                    LoggedModel.Status.PENDING,
                    "",
                    RunArtifacts.modelUri(experiment, id),
                    checkedParams,
                    checkedTags,
                    List.of(),
                    clock.instant(),
                    clock.instant());
            models.insert(tx, workspace, model);
            models.addParams(tx, workspace, id, checkedParams);
            models.setTags(tx, workspace, id, checkedTags);
            return required(tx, workspace, id);
        });
    }

    /**
     * The model with that id.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it is deleted
     */
    public LoggedModel model(WorkspaceName workspace, String id) {
        return database.read(tx -> required(tx, workspace, id));
    }

    /**
     * Says that the files have arrived, or will not.
     *
     * @param message cut when it is long
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
     */
    public LoggedModel finish(WorkspaceName workspace, String id, LoggedModel.Status status, String message) {
        var kept = TrackingRules.statusMessage(message);
        return database.write(tx -> {
            required(tx, workspace, id);
            models.setStatus(tx, workspace, id, status, kept, clock.instant());
            return required(tx, workspace, id);
        });
    }

    /**
     * Deletes a model.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public void delete(WorkspaceName workspace, String id) {
        database.change(tx -> {
            required(tx, workspace, id);
            models.delete(tx, workspace, id, clock.instant());
        });
    }

    /**
     * Sets tags.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
     */
    public LoggedModel setTags(WorkspaceName workspace, String id, List<Tag> tags) {
        var checked = TrackingRules.tags(tags);
        return database.write(tx -> {
            required(tx, workspace, id);
            models.setTags(tx, workspace, id, checked);
            return required(tx, workspace, id);
        });
    }

    /**
     * Removes a tag.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it has no such tag
     */
    public void deleteTag(WorkspaceName workspace, String id, String key) {
        database.change(tx -> {
            required(tx, workspace, id);
            if (!models.deleteTag(tx, workspace, id, key)) {
                throw TrackingRules.missing("The logged model " + id + " has no tag '" + key + "'.");
            }
        });
    }

    /**
     * Adds params; one that is there keeps its value.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE
     */
    public void addParams(WorkspaceName workspace, String id, List<Param> params) {
        var checked = TrackingRules.params(params);
        database.change(tx -> {
            required(tx, workspace, id);
            models.addParams(tx, workspace, id, checked);
        });
    }

    /**
     * The models of some experiments that fit, newest first where the search says nothing else.
     *
     * @param experimentIds at most 10 000
     * @throws EsteiraException INVALID_PARAMETER_VALUE
     */
    public List<LoggedModel> search(WorkspaceName workspace, List<Long> experimentIds, Search search) {
        TrackingRules.searched(experimentIds);
        return database.read(tx -> models.search(tx, workspace, experimentIds, search));
    }

    private LoggedModel required(SqlTx tx, WorkspaceName workspace, String id) throws SQLException {
        return models.find(tx, workspace, id)
                .orElseThrow(() -> TrackingRules.missing("There is no logged model with the id '" + id + "'."));
    }
}
