package dev.esteira.cli;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Follows a run to its end and tells what came of it. Ctrl-C cancels the run of an embedded server, whose process ends;
 * against another server it only stops following.
 */
final class Following {

    @Limit("How long Ctrl-C waits for a run to end.")
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(15);

    private final Command command;
    private final Session session;

    Following(Command command, Session session) {
        this.command = command;
        this.session = session;
    }

    int follow(String id, long after) throws InterruptedException {
        var terminal = command.terminal();
        var view = view(terminal);
        var settled = new AtomicBoolean();
        var told = new CountDownLatch(1);
        var interrupting = new AtomicBoolean();
        var hook = new Thread(() -> interrupted(id, settled, interrupting, told));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            var known = session.client().run(id);
            view.start(known);
            session.client().follow(id, after, (sequence, event) -> view.show(event));
        } catch (EsteiraException e) {
            throw e.code().owner() == FaultOwner.ENVIRONMENT ? hinted(e, id) : e;
        } finally {
            view.end();
            settled.set(true);
            told.countDown();
        }
        if (interrupting.get()) {
            // The hook ends the process.
            Thread.sleep(CANCEL_LIMIT);
            return ExitCode.INTERRUPTED;
        }
        var run = session.client().run(id);
        if (command.common.json) {
            command.print(run);
        } else {
            new RunStory(terminal, StorySources.of(session.client())).tell(run);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return ExitCode.INTERRUPTED;
        }
        return exitCode(run);
    }

    /** The run is not lost with the command that followed it. */
    private EsteiraException hinted(EsteiraException error, String id) {
        var next =
                session.embedded() ? "Then go on with 'esteira resume " + id + "'." : "See 'esteira show " + id + "'.";
        return new EsteiraException(
                error.code(),
                error.explanation(),
                error.remedy().map(first -> first + " " + next).orElse(next),
                error);
    }

    /** What shows how far a run is. */
    static LiveView view(Terminal terminal) {
        return new LiveView(terminal, System::nanoTime);
    }

    /** A run that failed ends like a command that ends with the error of its first failed step. */
    static int exitCode(Value.Fields run) {
        return switch (run.text("state").orElse("")) {
            case "SUCCEEDED" -> ExitCode.YES;
            case "FAILED" ->
                run.items("steps").stream()
                        .flatMap(item -> item.asFields().stream())
                        .flatMap(step -> step.fields("failure").text("owner").stream())
                        .flatMap(Following::owner)
                        .findFirst()
                        .map(FaultOwner::exitCode)
                        .orElse(ExitCode.NO);
            default -> ExitCode.NO;
        };
    }

    private static Stream<FaultOwner> owner(String name) {
        return Arrays.stream(FaultOwner.values()).filter(owner -> owner.name().equals(name));
    }

    /** Runs while the process ends. */
    private void interrupted(String id, AtomicBoolean settled, AtomicBoolean interrupting, CountDownLatch told) {
        if (settled.get()) {
            return;
        }
        interrupting.set(true);
        if (!session.embedded()) {
            command.terminal().say("Stopped following; the run goes on. See 'esteira show " + id + "'.");
            return;
        }
        try {
            command.terminal().say("Cancelling the run...");
            session.client().cancel(id);
            if (!told.await(CANCEL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                command.terminal().say("The run did not end in time; go on with 'esteira resume " + id + "'.");
            }
            session.close();
        } catch (EsteiraException e) {
            command.terminal()
                    .problem(e.code().name(), e.explanation(), e.remedy().orElse(""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The exit code of an interrupted command, whatever signal it was.
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
}
