package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

    @ParameterizedTest
    @CsvSource({"250ms, PT0.25S", "10s, PT10S", "1.5min, PT1M30S", "36h, PT36H", "7d, PT168H", "0s, PT0S"})
    void readsDurations(String text, Duration duration) {
        assertThat(Quantity.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "500kB, 500000",
        "1MB, 1000000",
        "2GB, 2000000000",
        "1.5KiB, 1536",
        "200MiB, 209715200",
        "4GiB, 4294967296",
        "1TiB, 1099511627776"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Quantity.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"5%, 0.05", "100%, 1", "0.1%, 0.001"})
    void readsShares(String text, double share) {
        assertThat(Quantity.share(text)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1 s", "1S", "1e3s", "1y", "99999999999999999999d", "0.0000000001s"})
    void refusesOtherDurations(String text) {
        assertThatThrownBy(() -> Quantity.duration(text))
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(KernelErrorCode.MALFORMED_QUANTITY))
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"15m", "1m"})
    void namesBothMeaningsOfABareM(String text) {
        assertThatThrownBy(() -> Quantity.duration(text))
                .isInstanceOfSatisfying(
                        EsteiraException.class,
                        e -> assertThat(e.remedy().orElseThrow()).contains("(min)", "(ms)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4G", "4gb", "1.5B", "5%", "9000000000TiB"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Quantity.bytes(text)).isInstanceOf(EsteiraException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5s", "-5%", "0.05"})
    void refusesOtherShares(String text) {
        assertThatThrownBy(() -> Quantity.share(text)).isInstanceOf(EsteiraException.class);
    }
}
