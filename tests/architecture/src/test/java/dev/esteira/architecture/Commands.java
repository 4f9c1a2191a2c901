package dev.esteira.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command of the command line, as picocli knows it. */
final class Commands {

    private static final String INTRODUCTION =
            "Exit codes: 0 yes; 1 no (data, a check, a gate or a run said no); 2 a malformed file or"
                    + " argument; 3 the environment; 130 interrupted.";

    private Commands() {}

    static Reference reference() {
        return new Reference("commands", Commands::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Commands\n\n" + INTRODUCTION + "\n");
        append(CommandSpec.forAnnotatedObject(root()), text);
        return text.toString();
    }

    private static Class<?> root() {
        try {
            return Class.forName("dev.esteira.cli.EsteiraCommand");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("The command line has another root", e);
        }
    }

    private static void append(CommandSpec command, StringBuilder text) {
        if (command.usageMessage().hidden()) {
            return;
        }
        text.append("\n## ").append(command.qualifiedName()).append("\n\n");
        text.append(String.join(" ", command.usageMessage().description())).append('\n');
        var rows = new ArrayList<List<String>>();
        command.positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .forEach(parameter -> rows.add(row(name(parameter), parameter)));
        command.options().stream()
                .filter(option -> !option.hidden())
                .filter(option -> !Arrays.asList(option.names()).contains("--help"))
                .forEach(option -> rows.add(row(name(option), option)));
        if (!rows.isEmpty()) {
            text.append('\n').append(Reference.table(List.of("Argument", "What"), rows));
        }
        command.subcommands().values().stream().distinct().forEach(line -> append(line.getCommandSpec(), text));
    }

    private static List<String> row(String name, ArgSpec argument) {
        return List.of("`" + name + "`", String.join(" ", argument.description()));
    }

    private static String name(PositionalParamSpec parameter) {
        return parameter.paramLabel();
    }

    private static String name(OptionSpec option) {
        var names = String.join(", ", option.names());
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }
}
