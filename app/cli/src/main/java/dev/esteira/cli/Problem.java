package dev.esteira.cli;

import dev.esteira.client.ProblemDetails;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.FaultOwner;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * Why a command failed, for people and for programs.
 *
 * @param remedy what to do, may be empty
 * @param problems those of a file with their places; empty for everything else
 */
record Problem(String code, String detail, String remedy, List<Value> problems, int exitCode) {

    Problem {
        problems = List.copyOf(problems);
    }

    static Problem of(Exception thrown) {
        if (thrown instanceof EsteiraException known) {
            var problems = thrown.getCause() instanceof ProblemDetails details
                    ? details.problem().items("problems")
                    : List.<Value>of();
            return new Problem(
                    known.code().name(),
                    known.explanation(),
                    known.remedy().orElse(""),
                    problems,
                    known.code().owner().exitCode());
        }
        return new Problem(
                "INTERNAL_ERROR",
                "Esteira failed in a way it should not: "
                        + Objects.requireNonNullElse(thrown.getCause(), thrown)
                                .getClass()
                                .getSimpleName() + ".",
                "Repeat the command with --debug and report what it prints.",
                List.of(),
                FaultOwner.ENVIRONMENT.exitCode());
    }

    /** What is wrong with the words of a command line. */
    static Problem of(CommandLine.ParameterException thrown) {
        var message = thrown instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : String.valueOf(thrown.getMessage()).replaceAll("is not an? (int|long)$", "is not a whole number");
        return new Problem(
                CliErrorCode.MALFORMED_ARGUMENT.name(),
                message.endsWith(".") ? message : message + ".",
                remedy(thrown),
                List.of(),
                ExitCode.MALFORMED);
    }

    private static String remedy(CommandLine.ParameterException thrown) {
        var name = thrown.getCommandLine().getCommandSpec().qualifiedName();
        var see = "See '" + name + " --help'.";
        if (thrown instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return nearest(unmatched)
                    .map(word -> "Did you mean '" + word + "'? " + see)
                    .orElse(see);
        }
        if (thrown instanceof CommandLine.MissingParameterException missing) {
            var what = missing.getMissing().stream()
                    .map(ArgSpec::paramLabel)
                    .distinct()
                    .toList();
            return "Give " + String.join(" and ", what) + ". " + see;
        }
        return see;
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException thrown) {
        var word = thrown.getUnmatched().getFirst();
        var what = word.startsWith("-")
                ? "option"
                : thrown.getCommandLine().getSubcommands().isEmpty() ? "argument" : "command";
        var command = thrown.getCommandLine().getCommandSpec().qualifiedName();
        return "'" + command + "' knows no " + what + " '" + word + "'.";
    }

    private static Optional<String> nearest(CommandLine.UnmatchedArgumentException thrown) {
        var word = thrown.getUnmatched().getFirst();
        var spec = thrown.getCommandLine().getCommandSpec();
        var known = word.startsWith("-")
                ? spec.options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .toList()
                : List.copyOf(spec.subcommands().keySet());
        return NearestName.of(word, known)
                .or(() -> thrown.getSuggestions().stream().findFirst());
    }

    void show(Terminal terminal) {
        if (problems.isEmpty()) {
            terminal.problem(code, detail, remedy);
        } else {
            PipelineFile.show(problems, terminal);
        }
    }

    Value.Fields document() {
        var document = Value.Fields.EMPTY
                .with("code", Value.of(code))
                .with("detail", Value.of(detail))
                .with("remedy", Value.of(remedy));
        return problems.isEmpty() ? document : document.with("problems", new Value.Sequence(problems));
    }
}
