package dev.esteira.cli;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** One command. Its class names no server class, so that help and clients of a running server start fast. */
abstract class Command implements Callable<Integer> {

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Nullable
    CommandContext context;

    /** Does what the command is for. */
    abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        if (common.noColor || !context().environment("NO_COLOR").isEmpty()) {
            terminal().plain();
        }
        if (common.quiet) {
            terminal().quiet();
        }
        try {
            return run();
        } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
            // The command line hands exceptions to what tells people; it lets errors through as they are.
            throw new IllegalStateException(e.toString(), e);
        }
    }

    final CommandContext context() {
        if (context == null) {
            throw new IllegalStateException("The command was not made by its factory");
        }
        return context;
    }

    final Terminal terminal() {
        return context().terminal();
    }

    /** A session with a server that moves runs along. */
    final Session working() {
        return Sessions.open(context(), common, true);
    }

    /** A session with a server that may only read. */
    final Session reading() {
        return Sessions.open(context(), common, false);
    }

    /** Prints the one document of {@code --json}. */
    final void print(Value document) {
        terminal().out(Json.pretty(document));
    }

    /** Prints a list as the one document of {@code --json}. */
    final void printItems(List<? extends Value> items) {
        print(Value.Fields.EMPTY.with("items", new Value.Sequence(List.copyOf(items))));
    }

    /** Prints a table, or what is to be said when it has no rows. */
    final void show(Table table, String none) {
        if (table.isEmpty()) {
            terminal().say(none);
        } else {
            terminal().out(table);
        }
    }

    static EsteiraException malformed(String message, String remedy) {
        return new EsteiraException(CliErrorCode.MALFORMED_ARGUMENT, message, remedy);
    }
}
