package dev.esteira.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private enum Level {
        QUIET,
        VERY_LOUD
    }

    private static final Key<Integer> PORT = Key.whole("http-port", 5000, 1, 65_535, "The port.");
    private static final Key<Duration> GRACE = Key.duration("stop-grace", "20s", "How long a stop may take.");
    private static final Key<String> PASSWORD = Key.secret("database-password", "The password.");
    private static final Key<Level> LEVEL = Key.choice("log-level", Level.QUIET, "How much is said.");
    private static final Key<Boolean> OPEN = Key.flag("open-browser", false, "Whether a browser opens.");
    private static final Key<Long> CACHE = Key.bytes("cache-size", "1GiB", "How much is kept.");
    private static final Key<Set<String>> HOSTS = Key.names("http-hosts", "Further hosts.");
    private static final Keys KEYS = Keys.of(List.of(PORT, GRACE, PASSWORD, LEVEL, OPEN, CACHE, HOSTS))
            .renamed("port", "http-port")
            .removed("worker-threads", "Threads follow the number of cores.");

    @TempDir
    private Path folder;

    private Configuration read(Map<String, String> flags, Map<String, String> environment, String... lines)
            throws IOException {
        return Configuration.read(
                KEYS, flags, environment, Files.write(folder.resolve("esteira.properties"), List.of(lines)));
    }

    @Test
    void takesDefaultsWhereNothingIsSet() {
        var configuration = Configuration.read(KEYS, Map.of(), Map.of("PATH", "/bin"), folder.resolve("none"));
        assertThat(configuration.value(PORT)).isEqualTo(5000);
        assertThat(configuration.value(GRACE)).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.value(CACHE)).isEqualTo(1L << 30);
        assertThat(configuration.find(PASSWORD)).isEmpty();
        assertThat(configuration.value(HOSTS)).isEmpty();
        assertThat(configuration.shown()).isEmpty();
        assertThatThrownBy(() -> configuration.value(PASSWORD)).satisfies(is(ConfigErrorCode.MISSING_CONFIGURATION));
    }

    @Test
    void flagWinsOverEnvironmentOverFile() throws IOException {
        var file = new String[] {
            "# a comment", "", "http-port = 1", "log-level=very-loud", "open-browser = true", "http-hosts = a, b,"
        };
        var environment = Map.of("ESTEIRA_HTTP_PORT", "2", "ESTEIRA_LOG_LEVEL", "quiet", "ESTEIRA_HOME", "/x");
        var configuration = read(Map.of("http-port", "3"), environment, file);
        assertThat(configuration.value(PORT)).isEqualTo(3);
        assertThat(configuration.value(LEVEL)).isEqualTo(Level.QUIET);
        assertThat(configuration.value(OPEN)).isTrue();
        assertThat(configuration.value(HOSTS)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void refusesAnUnknownKeyWithItsPlaceAndTheNearestName() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "", "http-prot = 1"))
                .satisfies(is(ConfigErrorCode.UNKNOWN_CONFIGURATION_KEY))
                .hasMessage("'http-prot' in esteira.properties:2 is no configuration key.")
                .satisfies(
                        error -> assertThat(((EsteiraException) error).remedy()).contains("Did you mean 'http-port'?"));
        assertThatThrownBy(() -> read(Map.of(), Map.of("ESTEIRA_CACHE_SIZES", "1MB")))
                .satisfies(is(ConfigErrorCode.UNKNOWN_CONFIGURATION_KEY))
                .hasMessageContaining("ESTEIRA_CACHE_SIZES");
    }

    @Test
    void saysWhatBecameOfAFormerKey() {
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "port = 1"))
                .satisfies(is(ConfigErrorCode.REMOVED_CONFIGURATION_KEY))
                .satisfies(error ->
                        assertThat(((EsteiraException) error).remedy()).contains("Write 'http-port' instead."));
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "worker-threads = 1"))
                .satisfies(error -> assertThat(((EsteiraException) error).remedy())
                        .contains("Threads follow the number of cores."));
    }

    @Test
    void refusesEveryUnreadableValueAtTheStart() {
        for (var line : List.of(
                "http-port = many",
                "http-port = 0",
                "stop-grace = 5",
                "log-level = loud",
                "open-browser = yes",
                "no equals sign",
                "cache-size = 1 GiB")) {
            assertThatThrownBy(() -> read(Map.of(), Map.of(), line))
                    .as(line)
                    .satisfies(is(ConfigErrorCode.MALFORMED_CONFIGURATION))
                    .hasMessageContaining("esteira.properties:1");
        }
        assertThatThrownBy(() -> read(Map.of(), Map.of(), "http-port = 1", "http-port = 1"))
                .hasMessageContaining("a second time");
    }

    @Test
    void neverShowsASecret() throws IOException {
        var configuration = read(Map.of(), Map.of("ESTEIRA_DATABASE_PASSWORD", "hunter2"), "http-port = 7");
        assertThat(configuration.value(PASSWORD)).isEqualTo("hunter2");
        assertThat(configuration.shown())
                .containsExactly(Map.entry("database-password", "(secret)"), Map.entry("http-port", "7"));
    }

    @Test
    void writesItsReference() {
        assertThat(KEYS.reference())
                .startsWith("# Configuration\n")
                .endsWith("|\n")
                .contains("| `http-port` | `ESTEIRA_HTTP_PORT` | whole number from 1 to 65535 | `5000` | The port. |");
    }

    @Test
    void refusesTwoKeysOfOneName() {
        assertThatThrownBy(() -> Keys.of(List.of(PORT, PORT))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Consumer<Throwable> is(ConfigErrorCode code) {
        return error -> assertThat(((EsteiraException) error).code()).isEqualTo(code);
    }
}
