package dev.esteira.cli;

import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "completion",
        description = "Prints a script that completes commands in a shell.",
        footer = {
            "",
            "bash:  source <(esteira completion bash)",
            "zsh:   source <(esteira completion zsh)",
            "fish:  esteira completion fish | source"
        })
final class CompletionCommand extends Command {

    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Parameters(index = "0", paramLabel = "SHELL", description = "One of bash, zsh and fish.")
    String shell = "";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    int run() {
        if (!SHELLS.contains(shell)) {
            var near = NearestName.of(shell, SHELLS).map(name -> "Did you mean '" + name + "'? ");
            throw malformed("There is no completion for '" + shell + "'.", near.orElse("") + "Name bash, zsh or fish.");
        }
        var root = spec.root();
        // The script of bash works in zsh too: it turns on zsh's compatibility by itself.
        var script = shell.equals("fish")
                ? String.join("\n", fish(root))
                : AutoComplete.bash(root.name(), root.commandLine());
        if (common.json) {
            print(Value.Fields.EMPTY.with("shell", Value.of(shell)).with("script", Value.of(script)));
        } else {
            terminal().out(script.stripTrailing());
        }
        return ExitCode.YES;
    }

    private static List<String> fish(CommandSpec root) {
        var lines = new ArrayList<String>();
        lines.add("complete -c " + root.name() + " -e");
        commands(root, "__fish_use_subcommand", lines);
        for (var command : root.subcommands().values()) {
            var spec = command.getCommandSpec();
            var within = "__fish_seen_subcommand_from " + spec.name();
            if (spec.subcommands().isEmpty()) {
                options(root, spec, within, lines);
                continue;
            }
            var names = String.join(" ", spec.subcommands().keySet());
            commands(spec, within + "; and not __fish_seen_subcommand_from " + names, lines);
            for (var inner : spec.subcommands().values()) {
                var name = inner.getCommandSpec().name();
                options(root, inner.getCommandSpec(), within + "; and __fish_seen_subcommand_from " + name, lines);
            }
        }
        return lines;
    }

    private static void commands(CommandSpec of, String condition, List<String> lines) {
        of.subcommands()
                .forEach((name, command) -> lines.add("complete -c " + of.root().name() + " -f -n '" + condition
                        + "' -a " + name
                        + description(command.getCommandSpec().usageMessage().description())));
    }

    private static void options(CommandSpec root, CommandSpec spec, String condition, List<String> lines) {
        for (var option : spec.options()) {
            var line = new StringBuilder("complete -c " + root.name() + " -n '" + condition + "'");
            for (var name : option.names()) {
                line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                line.append(" -r");
            }
            lines.add(line + description(option.description()));
        }
    }

    private static String description(String... lines) {
        return lines.length == 0 ? "" : " -d '" + lines[0].replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
