package dev.esteira.cli;

import picocli.CommandLine.Option;

/** How many items of a list a command shows. */
final class LimitOption {

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "20",
            description = "At most so many (${DEFAULT-VALUE}).")
    int limit;

    int most() {
        if (limit < 1) {
            throw Command.malformed("The limit " + limit + " is below 1.", "Choose a larger one.");
        }
        return limit;
    }

    /** Says that there may be more. */
    void hint(int shown, Command command) {
        if (shown == limit) {
            command.terminal().say("  There may be more; see them with --limit " + 5L * limit + ".");
        }
    }
}
