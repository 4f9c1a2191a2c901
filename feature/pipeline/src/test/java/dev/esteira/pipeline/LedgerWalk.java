package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.spi.Sink;
import dev.esteira.spi.Tx;
import dev.esteira.store.Database;
import dev.esteira.work.Outbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Does to the ledger whatever may happen to it, in any order: submissions, looks at ready steps, starts and ends of
 * children, late words of attempts that were written off, cancellations, decisions, resumed runs, sinks that refuse, and
 * the death of the server, which forgets all that is not in rows.
 */
final class LedgerWalk implements AutoCloseable, Wakeups {

    private static final int RUNS_MAX = 8;
    private static final List<Cause> CAUSES =
            List.of(Cause.INFRA, Cause.LOST, Cause.TIMEOUT, Cause.USER, Cause.REFUSED, Cause.OOM);

    final Random random;
    final Database database;
    final Rows rows = new Rows();
    final Set<StepRef> ready = new LinkedHashSet<>();
    final Set<Digest> released = new LinkedHashSet<>();
    final List<String> done = new ArrayList<>();

    private final TestEngine engine;
    private final Ledger ledger;
    private final List<Attempt> attempts = new ArrayList<>();
    private int counter;
    private boolean sinkRefuses;

    LedgerWalk(Path directory, Database database, long seed) throws IOException {
        this.random = new Random(seed);
        this.engine = new TestEngine(directory, database, 0);
        this.database = database;
        var clock = InstantSource.system();
        var artifacts = new Artifacts(database, engine.store(), List.of(new Moody()));
        this.ledger = new Ledger(database, rows, artifacts, clock, this, new Outbox(engine.queue(), List.of()));
    }

    private final class Moody implements Sink {

        @Override
        public ArtifactType type() {
            return ArtifactType.BLOB;
        }

        @Override
        public void commit(Tx tx, Commit commit) {
            if (sinkRefuses) {
                throw new EsteiraException(KernelErrorCode.MALFORMED_NAME, "The sink refuses.", "");
            }
        }
    }

    @Override
    public void changed(RunRef run) {}

    @Override
    public void ready(StepRef step) {
        ready.add(step);
    }

    @Override
    public void readyAt(StepRef step, Instant due) {}

    @Override
    public void released(WorkspaceName workspace, Digest key) {
        released.add(key);
    }

    @Override
    public void cancelling(RunRef run) {}

    List<PipelineRun> runs() {
        return engine.service().list(TestEngine.HERE, Optional.empty(), 100).items();
    }

    List<RunStep> steps(RunRef run) {
        return database.read(tx -> rows.steps().all(tx, run));
    }

    private Optional<RunStep> any(StepState... states) {
        var wanted = Set.of(states);
        return pick(runs().stream()
                .flatMap(run -> steps(run.ref()).stream())
                .filter(step -> wanted.contains(step.state()))
                .toList());
    }

    private <T> Optional<T> pick(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
    }

    /** One thing that may happen. */
    void step() throws IOException {
        switch (random.nextInt(16)) {
            case 0 -> submit();
            case 1 -> pick(runs()).ifPresent(run -> admit(run.ref()));
            case 2, 3, 4 -> any(StepState.READY).ifPresent(this::prepare);
            case 5, 6 -> any(StepState.QUEUED).ifPresent(this::begin);
            case 7, 8, 9, 10 -> pick(attempts).ifPresent(this::word);
            case 11 -> any(StepState.RETRY_WAIT).ifPresent(step -> due(step.ref()));
            case 12 -> recheck();
            case 13 -> any(StepState.AWAITING_INPUT).ifPresent(step -> decide(step.ref(), random.nextBoolean()));
            case 14 -> rare();
            default -> any(StepState.RUNNING).flatMap(this::current).ifPresent(this::word);
        }
    }

    private void rare() {
        switch (random.nextInt(3)) {
            case 0 ->
                pick(runs()).ifPresent(run -> {
                    done.add("cancel " + run.id());
                    ledger.cancel(run.ref(), "walk");
                });
            case 1 ->
                pick(runs())
                        .filter(run -> run.state().ended() && runs().size() < RUNS_MAX)
                        .ifPresent(run -> {
                            done.add("resume " + run.id());
                            engine.service().resume(TestEngine.HERE, run.id(), Optional.empty());
                        });
            default -> die();
        }
    }

    private void submit() throws IOException {
        if (runs().size() < RUNS_MAX) {
            done.add("submit");
            engine.accepted(engine.submission(pipeline(), Map.of()));
        }
    }

    private String pipeline() {
        var text = new StringBuilder(
                "  defaults: {retry: {maxAttempts: 3, retryOn: [infra, timeout], backoff: {initial: 1ms}}}\n  steps:\n");
        var count = 1 + random.nextInt(5);
        for (var number = 0; number < count; number++) {
            var inputs = new ArrayList<String>();
            var after = new ArrayList<String>();
            for (var other = 0; other < number; other++) {
                switch (random.nextInt(4)) {
                    case 0 -> inputs.add("x" + other + ": \"${{ steps.s" + other + ".outputs.data }}\"");
                    case 1 -> after.add("s" + other);
                    default -> {}
                }
            }
            text.append("    s").append(number).append(": {kind: make");
            text.append(inputs.isEmpty() ? "" : ", inputs: {" + String.join(", ", inputs) + "}");
            text.append(after.isEmpty() ? "" : ", dependsOn: [" + String.join(", ", after) + "]");
            text.append("}\n");
        }
        return text.toString();
    }

    void admit(RunRef run) {
        done.add("admit " + run.run());
        ledger.admit(run);
    }

    private RunStep.Keyed keyed() {
        return new RunStep.Keyed(
                Digest.ofText("key " + random.nextInt(6)),
                Value.Fields.EMPTY,
                Value.Fields.EMPTY,
                List.of(MissCause.NEVER_RUN),
                Optional.empty());
    }

    private List<CacheStore.CachedValue> values(Digest key) {
        return database.read(tx -> rows.cache().values(tx, TestEngine.HERE, key, 100));
    }

    private void prepare(RunStep step) {
        ready.remove(step.ref());
        switch (random.nextInt(10)) {
            case 0 -> {
                done.add("skip " + step.ref());
                ledger.skip(step.ref());
            }
            case 1 -> {
                done.add("fail ready " + step.ref());
                ledger.failReady(step.ref(), failure(random.nextBoolean() ? Cause.INFRA : Cause.USER), "id");
            }
            default -> dispatch(step, keyed(), random.nextBoolean(), random.nextInt(4) == 0);
        }
    }

    /** @param blind whether the look at stored values was before all of them were made */
    private void dispatch(RunStep step, RunStep.Keyed keyed, boolean worker, boolean blind) {
        var values = values(keyed.key());
        if (!values.isEmpty() && !blind) {
            done.add("hit " + step.ref());
            var value = values.getFirst();
            var outcome = new Outcome(
                    Outcome.How.CACHED, value.outputs(), Value.Fields.EMPTY, 0, Optional.of(value.source()));
            ledger.hit(step.ref(), new FoundValue(keyed, outcome, List.of()));
            return;
        }
        var attempt = worker ? Optional.of(attempt(step)) : Optional.<Attempt>empty();
        done.add("dispatch " + step.ref() + " " + attempt.map(Attempt::number));
        if (ledger.dispatch(step.ref(), keyed, attempt, Optional.of(new Twins(Set.of())))) {
            attempts.add(attempt.orElseThrow());
        }
    }

    private Attempt attempt(RunStep step) {
        var child = random.nextBoolean();
        var now = Instant.now();
        return new Attempt(
                step.ref(),
                step.token() + 1,
                "attempt-" + ++counter,
                child ? Attempt.How.CHILD : Attempt.How.INLINE,
                child ? AttemptState.DISPATCHED : AttemptState.STARTED,
                Value.Fields.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Attempt.Usage.UNKNOWN,
                now,
                child ? Optional.empty() : Optional.of(now),
                Optional.empty());
    }

    private void begin(RunStep step) {
        var attempt = attempt(step);
        done.add("begin " + step.ref() + " " + attempt.number());
        if (ledger.dispatchQueued(step.ref(), attempt)) {
            attempts.add(attempt);
        }
    }

    private Optional<Attempt> current(RunStep step) {
        return database.read(tx -> rows.attempts().find(tx, step.ref(), step.token()));
    }

    /** What an attempt says, in time or late. */
    private void word(Attempt attempt) {
        switch (random.nextInt(6)) {
            case 0 -> started(attempt);
            case 1, 2 -> {
                started(attempt);
                commit(attempt);
            }
            case 3, 4 -> fail(attempt, CAUSES.get(random.nextInt(CAUSES.size())));
            default -> {
                done.add("unknown " + attempt.id());
                started(attempt);
                ledger.awaitDecision(attempt, failure(Cause.LOST));
            }
        }
    }

    private void started(Attempt attempt) {
        done.add("started " + attempt.id());
        ledger.started(attempt, 1, 1);
    }

    private void commit(Attempt attempt) {
        var artifact = new Artifact(
                ArtifactType.BLOB, List.of(new ArtifactFile("data", Digest.ofText("content"), 7)), Value.Fields.EMPTY);
        var outputs = new LinkedHashMap<String, Digest>(Map.of("data", artifact.digest()));
        var outcome = new Outcome(Outcome.How.RAN, outputs, Value.Fields.EMPTY, 0, Optional.empty());
        var step = attempt.step();
        var commit = new Commit(
                step.workspace(),
                "trial",
                step.run(),
                step.step(),
                "data",
                artifact,
                Map.of(),
                Value.Fields.EMPTY,
                false,
                Instant.now());
        var end = new Attempt.End(
                AttemptState.COMMITTED, Value.Fields.EMPTY, Optional.empty(), Optional.empty(), Attempt.Usage.UNKNOWN);
        sinkRefuses = random.nextInt(6) == 0;
        done.add("commit " + attempt.id() + (sinkRefuses ? " refused" : ""));
        try {
            var current = isCurrent(attempt);
            var verdict = ledger.commit(
                    new Ledger.Finished(attempt, outcome, List.of(commit), List.of(artifact), end, false), true);
            require(verdict, current);
        } catch (EsteiraException e) {
            fail(attempt, Cause.USER);
        } finally {
            sinkRefuses = false;
        }
    }

    private boolean isCurrent(Attempt attempt) {
        return database.read(tx -> rows.steps().find(tx, attempt.step()))
                .filter(step -> step.state() == StepState.RUNNING && step.token() == attempt.number())
                .isPresent();
    }

    private static void require(Ledger.Verdict verdict, boolean current) {
        if ((verdict == Ledger.Verdict.TAKEN) != current) {
            throw new AssertionError("The word of an attempt was " + verdict + " though current: " + current);
        }
    }

    private void fail(Attempt attempt, Cause cause) {
        var cancelling = database.read(tx -> rows.runs().find(tx, attempt.step().runRef()))
                .filter(run -> run.state() == RunState.CANCELLING)
                .isPresent();
        var why = cancelling ? Cause.CANCELLED : cause;
        var state =
                cancelling ? AttemptState.KILLED : why.equals(Cause.LOST) ? AttemptState.LOST : AttemptState.ERRORED;
        done.add("fail " + attempt.id() + " " + why.word());
        var current = isCurrent(attempt);
        require(ledger.fail(attempt, Attempt.End.of(state, failure(why)), Optional.empty(), List.of()), current);
    }

    private static Failure failure(Cause cause) {
        return new Failure(cause, FaultOwner.DATA, "WALK", "It failed.", "");
    }

    private void due(StepRef step) {
        done.add("due " + step);
        ledger.due(step);
    }

    /** Has those looked at again that wait for a key that was given back. */
    void recheck() {
        for (var key : List.copyOf(released)) {
            released.remove(key);
            done.add("recheck " + key.abbreviated());
            database.read(tx -> rows.steps().waitingFor(tx, TestEngine.HERE, key))
                    .forEach(step -> ledger.recheck(step.ref()));
        }
    }

    private void decide(StepRef step, boolean made) {
        done.add("decide " + step + " " + made);
        ledger.decide(step, made);
    }

    /** The server dies and another takes up what is in the rows; children may have died with it. */
    private void die() {
        done.add("die");
        ready.clear();
        released.clear();
        for (var run : database.read(tx -> rows.runs().unended(tx))) {
            if (run.state() == RunState.QUEUED) {
                ledger.admit(run.ref());
                continue;
            }
            for (var step : steps(run.ref())) {
                switch (step.state()) {
                    case READY -> ready.add(step.ref());
                    case WAITING_CACHE -> ledger.recheck(step.ref());
                    case QUEUED -> ledger.requeue(step.ref());
                    case RUNNING -> {
                        var attempt = current(step).orElseThrow();
                        if (attempt.how() == Attempt.How.INLINE || random.nextBoolean()) {
                            fail(attempt, Cause.LOST);
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /** Lets everything end, waking only what a wake-up or a row would wake. */
    void drain() {
        for (var round = 0; round < 500; round++) {
            var open = runs().stream().filter(run -> !run.state().ended()).toList();
            if (open.isEmpty()) {
                return;
            }
            for (var run : open) {
                if (run.state() == RunState.QUEUED) {
                    admit(run.ref());
                }
                steps(run.ref()).forEach(this::drain);
            }
            recheck();
        }
        throw new AssertionError("These runs do not end: "
                + runs().stream()
                        .filter(run -> !run.state().ended())
                        .map(run -> run.id() + " " + run.state() + " "
                                + steps(run.ref()).stream()
                                        .map(step -> step.name() + " " + step.state())
                                        .toList())
                        .collect(Collectors.joining("; ")));
    }

    private void drain(RunStep step) {
        switch (step.state()) {
            case READY -> {
                if (ready.remove(step.ref())) {
                    dispatch(step, keyed(), true, false);
                }
            }
            case QUEUED -> begin(step);
            case RUNNING -> {
                var attempt = current(step).orElseThrow();
                started(attempt);
                commit(attempt);
            }
            case RETRY_WAIT -> due(step.ref());
            case AWAITING_INPUT -> decide(step.ref(), true);
            default -> {}
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
