package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

    private static final List<String> NAMES = List.of("dependsOn", "inputs", "kind", "timeout", "train", "retry");

    @ParameterizedTest
    @CsvSource({
        "dependOn, dependsOn",
        "DEPENDSON, dependsOn",
        "input, inputs",
        "knid, kind",
        "timout, timeout",
        "trian, train"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(NearestName.of(word, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"schedule", "x", "bucket"})
    void staysSilentWhenNothingIsNear(String word) {
        assertThat(NearestName.of(word, NAMES)).isEmpty();
    }

    @Test
    void choosesTheFirstOfEquallyNearNamesByAlphabet() {
        assertThat(NearestName.of("colx", List.of("colb", "cola"))).contains("cola");
    }

    @Test
    void doesNotLookForNamesThatWouldTakeLong() {
        var word = "a".repeat(1_000_000);
        assertThat(NearestName.of(word, List.of(word.substring(1)))).isEmpty();
        assertThat(NearestName.of("a".repeat(200), List.of(word, "a".repeat(199))))
                .contains("a".repeat(199));
    }

    @Test
    void countsASwapOfNeighboursOnce() {
        assertThat(NearestName.distance("ab", "ba")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    }

    @Property(tries = 200)
    void isADistance(
            @ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        assertThat(NearestName.distance(a, b)).isEqualTo(NearestName.distance(b, a));
        assertThat(NearestName.distance(a, b) == 0).isEqualTo(a.equalsIgnoreCase(b));
        assertThat(NearestName.distance(a, b))
                .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    }
}
