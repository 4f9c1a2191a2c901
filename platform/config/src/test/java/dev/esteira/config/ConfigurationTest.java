package dev.esteira.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    private static final ConfigKey HOSTS = new ConfigKey("http.hosts", "", "Names.");
    private static final ConfigKey MEMORY = new ConfigKey("data.memory", "1GiB", "A size.");

    @TempDir
    private Path folder;

    private Configuration read(String text) throws IOException {
        var file = Files.writeString(folder.resolve("esteira.properties"), text);
        return Configuration.read(file, List.of(HOSTS, MEMORY));
    }

    @Test
    void aMissingFileMeansDefaults() {
        var configuration = Configuration.read(folder.resolve("none"), List.of(HOSTS, MEMORY));
        assertThat(configuration.value(MEMORY, "a size", Quantity::bytes)).isEqualTo(1L << 30);
        assertThat(configuration.names(HOSTS)).isEmpty();
    }

    @Test
    void readsWhatTheFileSays() throws IOException {
        var configuration = read("# mine\nhttp.hosts = a.example.org, b.example.org\ndata.memory=2GiB\n");
        assertThat(configuration.names(HOSTS)).containsExactlyInAnyOrder("a.example.org", "b.example.org");
        assertThat(configuration.value(MEMORY, "a size", Quantity::bytes)).isEqualTo(2L << 30);
    }

    @Test
    void refusesAKeyThatNothingKnowsAndNamesTheNearest() {
        assertThatThrownBy(() -> read("http.host = x")).isInstanceOfSatisfying(EsteiraException.class, e -> {
            assertThat(e.code()).isEqualTo(ConfigErrorCode.UNKNOWN_CONFIGURATION_KEY);
            assertThat(e.remedy()).contains("Did you mean 'http.hosts'?");
        });
    }

    @Test
    void saysWhichValueCannotBeRead() throws IOException {
        var configuration = read("data.memory = much");
        assertThatThrownBy(() -> configuration.value(MEMORY, "a size", Quantity::bytes))
                .hasMessageContaining("data.memory")
                .hasMessageContaining("much");
    }
}
