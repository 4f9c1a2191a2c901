package dev.esteira.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "a/../b",
                "./a",
                "/etc/passwd",
                "a//b",
                "a\\b",
                "C:/x",
                "c:x",
                "a#b",
                "%2e%2e/x",
                "%252e%252e/x",
                "a/%25252e%25252e",
                "%2fetc",
                "a%5cb",
                "a%00b",
                "a\nb",
                "mlflow-artifacts:/../x"
            })
    void refusesWhateverAnyDecodingCouldReadAsAWayOut(String path) {
        assertThatThrownBy(() -> ArtifactPath.ofFile(path))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        e -> assertThat(e.code()).isEqualTo(TrackingErrorCode.INVALID_PARAMETER_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0/r/artifacts/Grüße und mehr.txt", "a/..b", "100%", "a%20b", "a+b", "..."})
    void keepsPlainPathsAsTheyAre(String path) {
        assertThat(ArtifactPath.ofFile(path).text()).isEqualTo(path);
    }
}
