package dev.esteira.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command of the command line, as picocli knows it. */
final class Commands {

    private static final String INTRODUCTION =
            "Exit codes: 0 yes; 1 no (data, a check, a gate or a run said no); 2 a malformed file or"
                    + " argument; 3 the environment; 130 interrupted.";

    private static final List<String> HEAD = List.of("Argument", "What");

    private Commands() {}

    static Reference reference() {
        return new Reference("commands", Commands::page);
    }

    private static String page() {
        var text = new StringBuilder(Reference.NOTE + "# Commands\n\n" + INTRODUCTION + "\n");
        var esteira = CommandSpec.forAnnotatedObject(root());
        text.append("\n## Options of every command\n\n");
        text.append(Reference.table(HEAD, rows(common(esteira))));
        append(esteira, text);
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
        var everywhere = common(command).stream().map(OptionSpec::longestName).toList();
        rows.addAll(rows(command.options().stream()
                .filter(option -> !everywhere.contains(option.longestName()))
                .toList()));
        if (!rows.isEmpty()) {
            text.append('\n').append(Reference.table(HEAD, rows));
        }
        command.subcommands().values().stream().distinct().forEach(line -> append(line.getCommandSpec(), text));
    }

    private static List<OptionSpec> common(CommandSpec command) {
        return Optional.ofNullable(command.mixins().get("common"))
                .map(CommandSpec::options)
                .orElse(List.of());
    }

    private static List<List<String>> rows(List<OptionSpec> options) {
        return options.stream()
                .filter(option -> !option.hidden())
                .map(option -> row(name(option), option))
                .toList();
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
