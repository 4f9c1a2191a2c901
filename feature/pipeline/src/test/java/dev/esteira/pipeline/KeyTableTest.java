package dev.esteira.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTableTest {

    private static final Digest ONE = Digest.ofText("one");
    private static final Digest TWO = Digest.ofText("two");
    private static final StepKey BASE =
            key("train@1", "1", fields("eta", 1), fields("p", 1), ONE, ONE, ONE, fields("alias", 1), "amd64", 7, "");

    static Stream<Arguments> changes() {
        return Stream.of(
                row(
                        MissCause.IMPLEMENTATION,
                        key(
                                "train@2",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.IMPLEMENTATION,
                        key(
                                "train@1",
                                "2",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.PARAMS,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 2),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.PARAMS,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 2),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.CODE,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                TWO,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.INPUT,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                TWO,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.INPUT,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                TWO,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.INPUT,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 2),
                                "amd64",
                                7,
                                "")),
                row(
                        MissCause.ENVIRONMENT,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "arm64",
                                7,
                                "")),
                row(
                        MissCause.SEED,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                8,
                                "")),
                row(
                        MissCause.FORCED,
                        key(
                                "train@1",
                                "1",
                                fields("eta", 1),
                                fields("p", 1),
                                ONE,
                                ONE,
                                ONE,
                                fields("alias", 1),
                                "amd64",
                                7,
                                "s")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void oneChangeMakesAnotherKeyAndHasItsWord(MissCause cause, StepKey changed) {
        assertThat(changed.digest()).isNotEqualTo(BASE.digest());
        var differences = KeyComparison.differences(BASE.components(), changed.components());
        assertThat(differences).hasSize(1);
        assertThat(KeyComparison.causes(differences)).containsExactly(cause);
    }

    @Test
    void theSameIngredientsMakeTheSameKeyAndSeed() {
        var again = key(
                "train@1", "1", fields("eta", 1), fields("p", 1), ONE, ONE, ONE, fields("alias", 1), "amd64", 7, "");
        assertThat(again.digest()).isEqualTo(BASE.digest());
        assertThat(again.seed()).isEqualTo(BASE.seed());
        assertThat(KeyComparison.differences(BASE.components(), again.components()))
                .isEmpty();
    }

    private static Arguments row(MissCause cause, StepKey changed) {
        return Arguments.of(cause, changed);
    }

    private static Value.Fields fields(String name, long value) {
        return Value.Fields.EMPTY.with(name, Value.of(value));
    }

    private static StepKey key(
            String kind,
            String implementation,
            Value.Fields fields,
            Value.Fields params,
            Digest code,
            Digest data,
            Digest input,
            Value.Fields resolved,
            String arch,
            long seed,
            String salt) {
        var artifact = new Artifact(ArtifactType.BLOB, List.of(new ArtifactFile("a", input, 3)), Value.Fields.EMPTY);
        return StepKey.of(new StepKey.Ingredients(
                kind,
                implementation,
                fields,
                params,
                Map.of("/sql/path", code),
                Map.of("/source", data),
                Map.of("train", artifact),
                Map.of(),
                resolved,
                Map.of("arch", arch),
                Optional.of(seed),
                Optional.of(salt).filter(text -> !text.isEmpty())));
    }
}
