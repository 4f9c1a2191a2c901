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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTableTest {

    private static final Digest ONE = Digest.ofText("one");
    private static final Digest TWO = Digest.ofText("two");
    private static final StepKey BASE = new Made().key();

    /** What a key is made of; a test changes one thing. */
    private static final class Made {
        private String kind = "train@1";
        private String implementation = "1";
        private long eta = 1;
        private long param = 1;
        private Digest code = ONE;
        private Digest data = ONE;
        private Digest input = ONE;
        private long alias = 1;
        private String architecture = "amd64";
        private long seed = 7;
        private Optional<String> salt = Optional.empty();

        private StepKey key() {
            var file = new ArtifactFile("a", input, 3);
            return StepKey.of(new StepKey.Ingredients(
                    kind,
                    implementation,
                    fields("eta", eta),
                    fields("p", param),
                    Map.of("/sql/path", code),
                    Map.of("/source", data),
                    Map.of("train", new Artifact(ArtifactType.BLOB, List.of(file), Value.Fields.EMPTY)),
                    Map.of(),
                    fields("alias", alias),
                    Map.of("arch", architecture),
                    Optional.of(seed),
                    salt));
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                row(MissCause.IMPLEMENTATION, made -> made.kind = "train@2"),
                row(MissCause.IMPLEMENTATION, made -> made.implementation = "2"),
                row(MissCause.PARAMS, made -> made.eta = 2),
                row(MissCause.PARAMS, made -> made.param = 2),
                row(MissCause.CODE, made -> made.code = TWO),
                row(MissCause.INPUT, made -> made.data = TWO),
                row(MissCause.INPUT, made -> made.input = TWO),
                row(MissCause.INPUT, made -> made.alias = 2),
                row(MissCause.ENVIRONMENT, made -> made.architecture = "arm64"),
                row(MissCause.SEED, made -> made.seed = 8),
                row(MissCause.FORCED, made -> made.salt = Optional.of("s")));
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
        var again = new Made().key();
        assertThat(again.digest()).isEqualTo(BASE.digest());
        assertThat(again.seed()).isEqualTo(BASE.seed());
        assertThat(KeyComparison.differences(BASE.components(), again.components()))
                .isEmpty();
    }

    private static Arguments row(MissCause cause, Consumer<Made> change) {
        var made = new Made();
        change.accept(made);
        return Arguments.of(cause, made.key());
    }

    private static Value.Fields fields(String name, long value) {
        return Value.Fields.EMPTY.with(name, Value.of(value));
    }
}
