package dev.esteira.cli;

import dev.esteira.client.ProblemDetails;
import dev.esteira.kernel.EsteiraException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The whole command line: commands, how their errors look, and which exit code they give. */
final class CommandLines {

    private CommandLines() {}

    static CommandLine of(Terminal terminal, Map<String, String> environment) {
        var context = new CommandContext(terminal, environment);
        var line = new CommandLine(new EsteiraCommand(), new Commands(context));
        line.setOut(terminal.outWriter());
        line.setErr(terminal.errWriter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(100);
        line.setUsageHelpLongOptionsMaxWidth(28);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.ansi() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((thrown, args) -> misused(thrown, terminal));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command, terminal));
        return line;
    }

    private static int misused(CommandLine.ParameterException thrown, Terminal terminal) {
        var message = String.valueOf(thrown.getMessage());
        terminal.problem("MALFORMED_ARGUMENT", message.endsWith(".") ? message : message + ".", help(thrown));
        return ExitCode.MALFORMED;
    }

    private static String help(CommandLine.ParameterException thrown) {
        var name = thrown.getCommandLine().getCommandSpec().qualifiedName();
        var near = thrown instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        return near.isEmpty()
                ? "See '" + name + " --help'."
                : "Did you mean '" + near.getFirst() + "'? See '" + name + " --help'.";
    }

    private static int failed(Exception thrown, CommandLine command, Terminal terminal) {
        var debug = command.getCommand() instanceof Command esteira && esteira.common.debug;
        if (thrown.getCause() instanceof ProblemDetails details
                && !details.problem().items("problems").isEmpty()) {
            PipelineFile.show(details.problem().items("problems"), terminal);
        } else if (thrown instanceof EsteiraException known) {
            terminal.problem(
                    known.code().name(), known.explanation(), known.remedy().orElse(""));
        } else {
            terminal.problem(
                    "INTERNAL_ERROR",
                    "Esteira failed in a way it should not: "
                            + thrown.getClass().getSimpleName() + ".",
                    "Repeat the command with --debug and report what it prints.");
        }
        if (debug) {
            thrown.printStackTrace(terminal.errWriter());
        }
        return thrown instanceof EsteiraException known ? known.code().owner().exitCode() : ExitCode.ENVIRONMENT;
    }
}
