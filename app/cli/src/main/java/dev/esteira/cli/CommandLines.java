package dev.esteira.cli;

import dev.esteira.document.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The whole command line: commands, how their errors look, and which exit code they give. */
final class CommandLines {

    private static final int HELP_WIDTH = 100;
    private static final int LEAST_HELP_WIDTH = 55;
    private static final int OPTION_WIDTH = 28;

    /** The field of every command that holds them. */
    private static final String COMMON = "common";

    private CommandLines() {}

    static CommandLine of(Terminal terminal, Map<String, String> environment) {
        var context = new CommandContext(terminal, environment);
        var line = new CommandLine(new EsteiraCommand(), new Commands(context));
        line.setOut(terminal.outWriter());
        line.setErr(terminal.errWriter());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(Math.max(
                LEAST_HELP_WIDTH, Math.min(HELP_WIDTH, terminal.screen().width())));
        line.setUsageHelpLongOptionsMaxWidth(OPTION_WIDTH);
        var sections = new HashMap<>(line.getHelpSectionMap());
        sections.put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLines::options);
        line.setHelpSectionMap(sections);
        var colours = terminal.screen().out() && !environment.containsKey("NO_COLOR");
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(colours ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler(
                (thrown, args) -> told(Problem.of(thrown), List.of(args).contains("--json"), terminal));
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command, terminal));
        return line;
    }

    /** A command's own options first, then those that every command has. */
    private static String options(CommandLine.Help help) {
        var spec = help.commandSpec();
        var everywhere = Optional.ofNullable(spec.mixins().get(COMMON))
                .map(CommandLine.Model.CommandSpec::options)
                .orElse(List.of());
        var common = everywhere.stream()
                .map(option -> spec.findOption(option.longestName()))
                .toList();
        var own = spec.options().stream()
                .filter(option -> !common.contains(option))
                .toList();
        var heading = help.colorScheme().text(String.format("%nOptions of every command:%n"));
        return help.optionListExcludingGroups(own)
                + (common.isEmpty() ? "" : heading + help.optionListExcludingGroups(common));
    }

    private static int failed(Exception thrown, CommandLine command, Terminal terminal) {
        var common = command.getCommand() instanceof Command esteira ? esteira.common : new CommonOptions();
        var code = told(Problem.of(thrown), common.json, terminal);
        if (common.debug) {
            thrown.printStackTrace(terminal.errWriter());
        }
        return code;
    }

    private static int told(Problem problem, boolean json, Terminal terminal) {
        problem.show(terminal);
        if (json) {
            terminal.out(Json.pretty(problem.document()));
        }
        return problem.exitCode();
    }
}
