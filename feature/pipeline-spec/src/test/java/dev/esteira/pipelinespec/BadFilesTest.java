package dev.esteira.pipelinespec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.LocatedProblem;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file per error under {@code bad/}; beside each stands what people are told. */
final class BadFilesTest {

    private static final PipelineReader READER = new PipelineReader(ExampleKind.all());

    static Stream<Path> badFiles() throws IOException, URISyntaxException {
        try (var files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void saysWhatIsWrongWhereAndWhatToDo(Path file) throws IOException {
        var name = file.getFileName().toString();
        var expected = file.resolveSibling(name.replace(".yaml", ".txt"));

        assertThat(told(name, Files.readString(file))).isEqualTo(Files.readString(expected));
    }

    @Test
    void hasOneExpectationForEachFile() throws IOException, URISyntaxException {
        assertThat(badFiles().count()).isGreaterThan(45);
        try (var files = Files.list(folder())) {
            assertThat(files.filter(file -> file.toString().endsWith(".txt")).count())
                    .isEqualTo(badFiles().count());
        }
    }

    private static String told(String name, String text) {
        var check = READER.check(
                name,
                text,
                Value.Fields.EMPTY,
                path -> path.equals("data/rows.csv") ? Optional.of(Path.of(path)) : Optional.empty());
        return switch (check) {
            case PipelineCheck.Valid valid -> "valid\n";
            case PipelineCheck.Invalid(var problems) ->
                problems.stream().map(LocatedProblem::render).collect(Collectors.joining("\n", "", "\n"));
        };
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(BadFilesTest.class.getResource("/bad")).toURI());
    }
}
