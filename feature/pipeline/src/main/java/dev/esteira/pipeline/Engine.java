package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.Sink;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import dev.esteira.work.Outbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves runs along. What is to be done stands in rows; here it is only remembered what has to be looked at next, and all
 * of that is found again at the start. Thread-safe.
 */
final class Engine implements Wakeups {

    /** What the engine is built on. */
    record Foundations(
            Database database,
            ArtifactStore store,
            List<Sink> sinks,
            Map<String, StepKind> kinds,
            Preparation.Conditions conditions,
            Outbox outbox,
            EngineSettings settings,
            InstantSource clock,
            IdSource ids) {
        Foundations {
            sinks = List.copyOf(sinks);
            kinds = Map.copyOf(kinds);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final long HEARTBEAT_S = 20;
    private static final long STOP_S = 10;

    private final Foundations base;
    private final Rows rows = new Rows();
    private final EventHub hub = new EventHub();
    private final Stall stall;
    private final Artifacts artifacts;
    private final Ledger ledger;
    private final Lookup lookup;
    private final KeyMaker keys;
    private final Scenes scenes;
    private final Slots slots;
    private final Path lease;
    private final Map<String, LiveAttempt> live = new ConcurrentHashMap<>();
    private @Nullable Workers workers;

    /** What exists while the engine runs. */
    private record Workers(EngineThreads threads, Preparation preparation, AttemptRunner runner) {}

    Engine(Foundations base) {
        this.base = base;
        this.stall = new Stall(base.clock());
        this.artifacts = new Artifacts(base.database(), base.store(), base.sinks());
        this.ledger = new Ledger(base.database(), rows, artifacts, base.clock(), this, base.outbox());
        this.lookup = new Lookup(base.database(), rows, artifacts, base.clock());
        this.keys = new KeyMaker(base.settings().platform());
        this.scenes = new Scenes(base.database(), rows, artifacts, base.settings());
        this.slots = new Slots(base.settings().workers());
        this.lease = base.settings().directory().resolve("lease");
    }

    Rows rows() {
        return rows;
    }

    EventHub hub() {
        return hub;
    }

    Stall stall() {
        return stall;
    }

    Artifacts artifacts() {
        return artifacts;
    }

    Ledger ledger() {
        return ledger;
    }

    Lookup lookup() {
        return lookup;
    }

    KeyMaker keys() {
        return keys;
    }

    AttemptFolder folder(String attempt) {
        return scenes.folder(attempt);
    }

    /**
     * Who has the workers.
     *
     * @param busy the steps with a worker
     * @param ahead how many steps get one before the step that was asked for; empty when it does not wait
     */
    record Occupancy(int limit, List<StepRef> busy, Optional<Integer> ahead) {
        Occupancy {
            busy = List.copyOf(busy);
        }
    }

    Occupancy occupancy(StepRef step) {
        var busy = live.values().stream().map(one -> one.attempt().step()).toList();
        return new Occupancy(slots.limit(), busy, slots.ahead(step));
    }

    /** Whether runs move along here. */
    synchronized boolean works() {
        return workers != null;
    }

    /**
     * Takes up every run that has not ended. Does nothing when the settings give no workers.
     *
     * @throws IOException when the directory cannot be written
     */
    synchronized void start() throws IOException {
        if (base.settings().workers() == 0 || workers != null) {
            return;
        }
        Files.createDirectories(base.settings().directory());
        touchLease();
        var threads = EngineThreads.start();
        var progress = new ProgressBoard(ledger, threads.timers());
        var preparation = new Preparation(
                base.kinds(), scenes, keys, lookup, ledger, base.conditions(), progress, base.ids(), base.clock());
        var runner = new AttemptRunner(ledger, artifacts, base.settings(), base.clock(), lease, stall, progress);
        workers = new Workers(threads, preparation, runner);
        var beat = threads.timers().scheduleAtFixedRate(this::heartbeat, HEARTBEAT_S, HEARTBEAT_S, TimeUnit.SECONDS);
        LOG.debug("The lease is touched every {} s, first in {}", HEARTBEAT_S, beat);
        new Recovery(base.database(), rows, ledger, this, base.settings().directory()).all();
    }

    /** Stops: no step begins any more, inline ones are interrupted, children go on and are found at the next start. */
    void stop() {
        Workers stopping;
        synchronized (this) {
            stopping = workers;
            workers = null;
        }
        if (stopping == null) {
            return;
        }
        live.values().forEach(one -> one.end(LiveAttempt.Ending.STOPPING));
        stopping.threads().stop(Duration.ofSeconds(STOP_S));
        hub.changed();
    }

    /** A run that was queued begins. */
    void admit(RunRef run) {
        if (works()) {
            ledger.admit(run);
        }
    }

    @Override
    public void changed(RunRef run) {
        stall.over();
        hub.changed();
    }

    @Override
    public void ready(StepRef step) {
        prepare(step);
    }

    private void prepare(StepRef step) {
        submit(threads -> threads.preparing(), at -> {
            var worker = slots.tryTake();
            Preparation.Next next = new Preparation.Next.Nothing();
            try {
                next = at.preparation().prepare(step, worker);
            } finally {
                if (worker && !(next instanceof Preparation.Next.Begun)) {
                    slots.give().ifPresent(this::begin);
                }
            }
            switch (next) {
                case Preparation.Next.Nothing nothing -> {}
                case Preparation.Next.Queued queued -> queued(step);
                case Preparation.Next.Begun(var attempt) -> carryOut(attempt, false);
            }
        });
    }

    /** A step waits for a worker. */
    private void queued(StepRef step) {
        slots.enqueue(step).ifPresent(this::begin);
    }

    private void begin(StepRef step) {
        Work work = at -> {
            Preparation.Next next = new Preparation.Next.Nothing();
            try {
                next = at.preparation().begin(step);
            } finally {
                if (!(next instanceof Preparation.Next.Begun)) {
                    slots.give().ifPresent(this::begin);
                }
            }
            if (next instanceof Preparation.Next.Begun(var attempt)) {
                carryOut(attempt, false);
            }
        };
        // By then the worker has gone to another step.
        submit(threads -> threads.preparing(), work, again -> queued(step));
    }

    /** Goes on with a child that an earlier server started. */
    void adopt(Attempt attempt, boolean cancelling) {
        submit(threads -> threads.preparing(), at -> {
            slots.take();
            Optional<LiveAttempt> found = Optional.empty();
            try {
                found = at.preparation().recovered(attempt.step(), attempt);
            } catch (EsteiraException e) {
                ledger.fail(attempt, Attempt.End.of(AttemptState.LOST, Failure.of(e)), Optional.empty(), List.of());
            } finally {
                if (found.isEmpty()) {
                    slots.give().ifPresent(this::begin);
                }
            }
            if (found.isPresent()) {
                if (cancelling) {
                    found.get().end(LiveAttempt.Ending.CANCELLED);
                }
                carryOut(found.get(), true);
            }
        });
    }

    /** Removes folders of attempts that have ended. */
    void remove(Collection<String> attempts) {
        submit(
                threads -> threads.preparing(),
                at -> attempts.forEach(id -> AttemptRunner.removeFolder(folder(id), id)));
    }

    private void carryOut(LiveAttempt attempt, boolean recovered) {
        live.put(attempt.attempt().id(), attempt);
        limitTime(attempt);
        Work work = at -> {
            try {
                at.runner().run(attempt, recovered);
            } finally {
                live.remove(attempt.attempt().id());
                slots.give().ifPresent(this::begin);
            }
        };
        // An attempt is not carried out twice: its runner waits until the end is written.
        submit(threads -> threads.attempts(), work, again -> {});
        var cancelled = base.database()
                .read(tx -> rows.runs().find(tx, attempt.attempt().step().runRef()))
                .filter(run -> run.state() == RunState.CANCELLING);
        if (cancelled.isPresent()) {
            end(attempt, LiveAttempt.Ending.CANCELLED);
        }
    }

    /** The shim limits the time of a child; everything else is interrupted from here. */
    private void limitTime(LiveAttempt attempt) {
        var timeout = attempt.step().plan().timeout();
        if (timeout.isPresent() && attempt.attempt().how() != Attempt.How.CHILD) {
            after(timeout.get(), at -> end(attempt, LiveAttempt.Ending.TIMED_OUT));
        }
    }

    /** Asks an attempt to end, and writes it off when it does not within the grace. */
    private void end(LiveAttempt attempt, LiveAttempt.Ending why) {
        attempt.end(why);
        if (attempt.attempt().how() == Attempt.How.CHILD) {
            return;
        }
        after(base.settings().grace(), at -> {
            if (live.containsKey(attempt.attempt().id())) {
                LOG.warn(
                        "Attempt {} does not end when asked; it is written off",
                        attempt.attempt().id());
                var timedOut = why == LiveAttempt.Ending.TIMED_OUT;
                at.runner()
                        .settle(
                                attempt,
                                timedOut ? AttemptState.ERRORED : AttemptState.KILLED,
                                timedOut ? ChildRun.timedOut(attempt) : AttemptRunner.cancelled(attempt));
            }
        });
    }

    @Override
    public void readyAt(StepRef step, Instant due) {
        var wait = Duration.between(base.clock().instant(), due);
        after(wait.isNegative() ? Duration.ZERO : wait, at -> ledger.due(step));
    }

    @Override
    public void released(WorkspaceName workspace, Digest key) {
        submit(
                threads -> threads.preparing(),
                at -> base.database()
                        .read(tx -> rows.steps().waitingFor(tx, workspace, key))
                        .forEach(step -> ledger.recheck(step.ref())));
    }

    @Override
    public void cancelling(RunRef run) {
        for (var attempt : live.values()) {
            if (attempt.attempt().step().runRef().equals(run)) {
                end(attempt, LiveAttempt.Ending.CANCELLED);
            }
        }
    }

    private interface Work {
        void at(Workers workers);
    }

    private interface Pool {
        ExecutorService of(EngineThreads threads);
    }

    private void submit(Pool pool, Work work) {
        submit(pool, work, work);
    }

    /** @param again what to do later when the database cannot be written now */
    private void submit(Pool pool, Work work, Work again) {
        var at = workersNow();
        if (at.isEmpty()) {
            return;
        }
        try {
            pool.of(at.get().threads()).execute(() -> guarded(at.get(), work, again));
        } catch (RejectedExecutionException e) {
            LOG.debug("The engine stops; what was to be looked at is found again at the next start");
        }
    }

    private void after(Duration wait, Work work) {
        var at = workersNow();
        if (at.isEmpty()) {
            return;
        }
        ScheduledExecutorService timers = at.get().threads().timers();
        try {
            var timer = timers.schedule(
                    () -> submit(threads -> threads.preparing(), work), wait.toNanos(), TimeUnit.NANOSECONDS);
            LOG.trace("Set {}", timer);
        } catch (RejectedExecutionException e) {
            LOG.debug("The engine stops; the timer is found again at the next start");
        }
    }

    private void guarded(Workers at, Work work, Work again) {
        try {
            work.at(at);
        } catch (RuntimeException e) {
            if (e instanceof EsteiraException known && Stall.mayPass(known)) {
                stall.begin(known);
                after(Stall.PAUSE, again);
            } else {
                LOG.error("The engine could not go on with something; it is found again at the next start", e);
            }
        }
    }

    private synchronized Optional<Workers> workersNow() {
        return Optional.ofNullable(workers);
    }

    private void heartbeat() {
        try {
            touchLease();
        } catch (IOException e) {
            LOG.warn("The lease {} cannot be touched: {}", lease, e.getMessage());
        }
    }

    private void touchLease() throws IOException {
        if (Files.notExists(lease)) {
            Files.write(lease, new byte[0]);
        }
        Files.setLastModifiedTime(lease, FileTime.from(base.clock().instant()));
    }
}
