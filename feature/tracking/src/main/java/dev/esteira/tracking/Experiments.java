package dev.esteira.tracking;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.Database;
import dev.esteira.store.SqlTx;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes, finds and changes experiments. Thread-safe; every method is one transaction. */
public final class Experiments {

    private final Database database;
    private final InstantSource clock;
    private final ExperimentStore experiments = new ExperimentStore();
    private final RunStore runs = new RunStore();

    Experiments(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes the default experiment where it is missing. */
    void ensureDefault() {
        var wanted = new Experiment(
                Experiment.DEFAULT_ID,
                Experiment.DEFAULT_NAME,
                location(Experiment.DEFAULT_ID),
                Lifecycle.ACTIVE,
                List.of(),
                clock.instant(),
                clock.instant());
        if (database.read(tx -> experiments.byId(tx, WorkspaceName.DEFAULT, Experiment.DEFAULT_ID))
                .isEmpty()) {
            database.change(tx -> experiments.insert(tx, WorkspaceName.DEFAULT, wanted));
        }
    }

    private static String location(long id) {
        return RunArtifacts.SCHEME + id;
    }

    /**
     * Makes an experiment.
     *
     * @param location a URI with a scheme; below the server's own artifact root when empty
     * @throws EsteiraException RESOURCE_ALREADY_EXISTS, also when a deleted one has the name; INVALID_PARAMETER_VALUE
     */
    public Experiment create(WorkspaceName workspace, String name, Optional<String> location, List<Tag> tags) {
        TrackingRules.experimentName(name);
        location.ifPresent(TrackingRules::location);
        var checked = TrackingRules.count("tags", tags, TrackingRules.BATCH_PARAMS).stream()
                .map(TrackingRules::experimentTag)
                .toList();
        return database.write(tx -> {
            var made = insert(tx, workspace, name, location).orElseThrow(() -> nameTaken(name));
            experiments.setTags(tx, workspace, made.id(), checked);
            return experiments.byId(tx, workspace, made.id()).orElseThrow();
        });
    }

    private Optional<Experiment> insert(SqlTx tx, WorkspaceName workspace, String name, Optional<String> location)
            throws SQLException {
        var id = experiments.nextNumber(tx, "experiment");
        var now = clock.instant();
        var experiment = new Experiment(id, name, location.orElse(location(id)), Lifecycle.ACTIVE, List.of(), now, now);
        return experiments.insert(tx, workspace, experiment) ? Optional.of(experiment) : Optional.empty();
    }

    /** The active experiment of that name, made when there is none. */
    Experiment ensure(SqlTx tx, WorkspaceName workspace, String name) throws SQLException {
        var found = experiments.byName(tx, workspace, TrackingRules.experimentName(name));
        if (found.isPresent()) {
            return active(found.get());
        }
        var made = insert(tx, workspace, name, Optional.empty());
        return made.isPresent()
                ? made.get()
                : active(experiments.byName(tx, workspace, name).orElseThrow(() -> nameTaken(name)));
    }

    /**
     * The experiment with that id, also when it is deleted.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST
     */
    public Experiment byId(WorkspaceName workspace, long id) {
        return database.read(tx -> required(tx, workspace, id));
    }

    /** The experiment of that name, also when it is deleted; empty when there is none. */
    public Optional<Experiment> byName(WorkspaceName workspace, String name) {
        return database.read(tx -> experiments.byName(tx, workspace, name));
    }

    /** Experiments that fit, newest first where the search says nothing else. */
    public List<Experiment> search(WorkspaceName workspace, Search search) {
        return database.read(tx -> experiments.search(tx, workspace, search));
    }

    /**
     * Gives an active experiment another name.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_STATE, RESOURCE_ALREADY_EXISTS
     */
    public void rename(WorkspaceName workspace, long id, String name) {
        TrackingRules.experimentName(name);
        database.change(tx -> {
            var experiment = active(required(tx, workspace, id));
            if (experiment.name().equals(name)) {
                return;
            }
            if (experiments.nameTaken(tx, workspace, name)) {
                throw nameTaken(name);
            }
            experiments.rename(tx, workspace, id, name, clock.instant());
        });
    }

    /**
     * Deletes an experiment with its runs; its name stays taken.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it is deleted already
     */
    public void delete(WorkspaceName workspace, long id) {
        change(workspace, id, Lifecycle.ACTIVE, Lifecycle.DELETED);
    }

    /**
     * Restores a deleted experiment with all its runs.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it is not deleted
     */
    public void restore(WorkspaceName workspace, long id) {
        change(workspace, id, Lifecycle.DELETED, Lifecycle.ACTIVE);
    }

    private void change(WorkspaceName workspace, long id, Lifecycle from, Lifecycle to) {
        database.change(tx -> {
            if (required(tx, workspace, id).lifecycle() != from) {
                throw TrackingRules.missing("There is no " + from.text() + " experiment with the id " + id + ".");
            }
            experiments.setLifecycle(tx, workspace, id, to, clock.instant());
            runs.setLifecycleOfAll(tx, workspace, id, to, clock.instant());
        });
    }

    /**
     * Sets a tag of an active experiment.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, INVALID_STATE, INVALID_PARAMETER_VALUE
     */
    public void setTag(WorkspaceName workspace, long id, Tag tag) {
        var checked = TrackingRules.experimentTag(tag);
        database.change(tx -> {
            active(required(tx, workspace, id));
            experiments.setTags(tx, workspace, id, List.of(checked));
        });
    }

    /**
     * Removes a tag of an active experiment.
     *
     * @throws EsteiraException RESOURCE_DOES_NOT_EXIST, also when it has no such tag; INVALID_STATE
     */
    public void deleteTag(WorkspaceName workspace, long id, String key) {
        database.change(tx -> {
            active(required(tx, workspace, id));
            if (!experiments.deleteTag(tx, workspace, id, key)) {
                throw TrackingRules.missing("The experiment " + id + " has no tag '" + key + "'.");
            }
        });
    }

    /** The experiment with that id, when it is active. */
    Experiment active(SqlTx tx, WorkspaceName workspace, long id) throws SQLException {
        return active(required(tx, workspace, id));
    }

    private Experiment required(SqlTx tx, WorkspaceName workspace, long id) throws SQLException {
        return experiments
                .byId(tx, workspace, id)
                .orElseThrow(() -> TrackingRules.missing("There is no experiment with the id " + id + "."));
    }

    private static Experiment active(Experiment experiment) {
        if (experiment.lifecycle() != Lifecycle.ACTIVE) {
            throw new EsteiraException(
                    TrackingErrorCode.INVALID_STATE,
                    "The experiment '" + experiment.name() + "' is deleted.",
                    "Restore it first, or use another one.");
        }
        return experiment;
    }

    private static EsteiraException nameTaken(String name) {
        return TrackingRules.taken("There is an experiment '" + name + "' already, active or deleted.");
    }
}
