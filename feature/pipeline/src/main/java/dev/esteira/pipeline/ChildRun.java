package dev.esteira.pipeline;

import dev.esteira.kernel.Limit;
import dev.esteira.spi.Execution;
import dev.esteira.spi.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one child process: starts it or takes it over from an earlier server, shows its progress, ends it when
 * asked, and makes its end the end of the attempt. Used by one thread.
 */
final class ChildRun {

    /** Thrown when nobody knows how the child ended. */
    static final class LostException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String explanation;

        LostException(String explanation) {
            super(explanation);
            this.explanation = explanation;
        }

        String explanation() {
            return explanation;
        }
    }

    /** Thrown when the child ended with an error. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        FailedException(Failure failure) {
            super(failure.message());
            this.failure = failure;
        }

        Failure failure() {
            return failure;
        }
    }

    private static final long LOOK_MS = 500;
    private static final long LOOK_AT_END_MS = 50;
    private static final long BEGIN_MS = 10_000;

    @Limit(value = "A line of progress from a process; longer ones are cut.", unit = "characters")
    private static final int MAX_LINE = 1 << 16;

    /** A line of a Java stack trace that says where and not what. */
    private static final Pattern FRAME = Pattern.compile("\\s+(at .*|\\.\\.\\. \\d+ (more|common frames omitted))");

    private final LiveAttempt live;
    private final Execution.ChildBody body;
    private final Shim shim;
    private final Ledger ledger;
    private final EngineSettings settings;
    private long shown;
    private boolean started;
    private int waited;
    private int asked;

    ChildRun(LiveAttempt live, Execution.ChildBody body, Ledger ledger, EngineSettings settings) {
        this.live = live;
        this.body = body;
        this.shim = new Shim(live.scene().folder());
        this.ledger = ledger;
        this.settings = settings;
        this.started = live.attempt().state() == AttemptState.STARTED;
    }

    Shim shim() {
        return shim;
    }

    /**
     * Runs the child to its end.
     *
     * @param adopt whether an earlier server may have started it already
     * @throws InterruptedException when the attempt is to end; a child that was asked to end has ended then, unless the
     *     server stops, which the child survives
     */
    StepResult run(boolean adopt, Path lease) throws IOException, InterruptedException, LostException, FailedException {
        var scene = live.scene();
        if (adopt) {
            scene.readAnnotations();
        } else {
            var launch = body.prepare(scene);
            scene.keepAnnotations();
            shim.start(launch, settings, live.step().plan().timeout(), lease);
        }
        var exit = await(adopt);
        while (showProgress()) {
            // A child may have said more at its end than is read at once.
        }
        if (live.ending() == LiveAttempt.Ending.CANCELLED) {
            throw new InterruptedException("The attempt was cancelled");
        }
        if (exit.status() == 0 && exit.reason().isEmpty()) {
            return body.collect(scene);
        }
        if (exit.reason().equals(Optional.of("orphaned"))) {
            throw new LostException("No server looked after the child for too long, so it was ended");
        }
        throw new FailedException(failure(exit));
    }

    private Shim.Exit await(boolean adopt) throws IOException, InterruptedException, LostException {
        try (var watcher = FileSystems.getDefault().newWatchService()) {
            watch(watcher);
            while (true) {
                var exit = shim.exit();
                if (exit.isPresent()) {
                    var process = shim.process();
                    if (process.isPresent()) {
                        seen(process.get());
                    }
                    return exit.get();
                }
                look(adopt);
                showProgress();
                pause(watcher);
            }
        } catch (ClosedWatchServiceException e) {
            throw new IOException("The watch on the attempt's folder was closed", e);
        }
    }

    private void watch(WatchService watcher) throws IOException {
        var folder = live.scene().folder();
        folder.work();
        folder.root().register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
        live.scene()
                .directory()
                .register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    }

    private void pause(WatchService watcher) throws InterruptedException {
        try {
            if (asked > 0) {
                // Whatever it still says must not prolong the time that it is given to end.
                Thread.sleep(LOOK_AT_END_MS);
                waited++;
                return;
            }
            var key = watcher.poll(LOOK_MS, TimeUnit.MILLISECONDS);
            if (key == null) {
                waited++;
            } else {
                key.pollEvents();
                key.reset();
            }
        } catch (InterruptedException e) {
            if (live.ending() != LiveAttempt.Ending.CANCELLED) {
                throw e;
            }
        }
    }

    private void look(boolean adopt) throws IOException, InterruptedException, LostException {
        var process = shim.process();
        if (process.isEmpty()) {
            var patience = adopt ? 2 : BEGIN_MS / LOOK_MS;
            if (waited >= patience || live.ending() == LiveAttempt.Ending.CANCELLED) {
                shim.abandon();
                throw new LostException("The child process did not begin");
            }
            return;
        }
        seen(process.get());
        if (!ProcessTable.alive(process.get()) && shim.exit().isEmpty()) {
            throw new LostException("The child process vanished without a word");
        }
        if (live.ending() == LiveAttempt.Ending.CANCELLED) {
            askToEnd(process.get());
        }
    }

    private void seen(ProcessTable.Identity process) {
        if (!started) {
            started = true;
            ledger.started(live.attempt(), process.pid(), process.startTicks());
        }
    }

    private void askToEnd(ProcessTable.Identity process) throws IOException, InterruptedException {
        var patience = settings.grace().toMillis() / LOOK_AT_END_MS + 1;
        if (asked == 0) {
            shim.signal(process, "TERM");
            waited = 0;
            asked = 1;
        } else if (asked == 1 && waited >= patience) {
            shim.signal(process, "KILL");
            asked = 2;
        }
    }

    /** Shows whole lines that were not shown yet, and whether there were any; not more than a mebibyte at once. */
    private boolean showProgress() throws IOException {
        var file = live.scene().folder().progress();
        if (!Files.exists(file) || Files.size(file) <= shown) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(shown);
            var bytes = in.readNBytes(1 << 20);
            var start = 0;
            for (var index = 0; index < bytes.length; index++) {
                if (bytes[index] == '\n') {
                    body.observe(live.scene(), new String(bytes, start, index - start, StandardCharsets.UTF_8));
                    start = index + 1;
                }
            }
            var passed = start == 0 && bytes.length > MAX_LINE ? bytes.length : start;
            shown += passed;
            return passed > 0;
        }
    }

    private Failure failure(Shim.Exit exit) throws IOException {
        if (exit.reason().equals(Optional.of("timeout"))) {
            return timedOut(live);
        }
        var told = shim.error();
        if (told.isPresent()) {
            return Failure.told(told.get(), "The child process ended with status " + exit.status() + ".");
        }
        return exit.killed()
                ? Failure.of(
                        Cause.OOM,
                        PipelineErrorCode.CHILD_KILLED,
                        "The child process of step '" + live.step().name() + "' was killed from outside.",
                        "Mostly the machine has too little memory: look at the step's log.")
                : Failure.of(
                        Cause.exit(exit.status()),
                        PipelineErrorCode.CHILD_EXITED,
                        "The child process of step '" + live.step().name() + "' ended with status " + exit.status()
                                + lastLine() + ".",
                        "Look at the step's log.");
    }

    static Failure timedOut(LiveAttempt live) {
        return Failure.of(
                Cause.TIMEOUT,
                PipelineErrorCode.STEP_TIMED_OUT,
                "Step '" + live.step().name() + "' took longer than its timeout of "
                        + live.step().plan().timeout().map(Object::toString).orElse("none") + ".",
                "Raise the timeout or let the step do less.");
    }

    private String lastLine() throws IOException {
        var log = live.scene().folder().writtenLog();
        if (log.isEmpty()) {
            return "";
        }
        @Nullable String last = null;
        try (var lines = Files.newBufferedReader(log.get(), StandardCharsets.ISO_8859_1)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line.isBlank() || FRAME.matcher(line).matches() ? last : line;
            }
        }
        return last == null ? "" : ", saying: " + last.strip();
    }
}
