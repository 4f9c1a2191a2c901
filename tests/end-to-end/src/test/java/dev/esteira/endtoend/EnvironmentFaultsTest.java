package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong around the program and not with what it is given: exit 3, a code, and what to do. */
class EnvironmentFaultsTest {

    @TempDir
    Path folder;

    private Program program;
    private SmallPipeline trips;

    @BeforeEach
    void write() throws Exception {
        program = new Program(folder.resolve("home"));
        trips = SmallPipeline.in(folder.resolve("trips"));
    }

    @AfterEach
    void end() {
        program.close();
    }

    private void refuses(String code, String... words) throws Exception {
        refused(program.tell("run", trips.file().toString()), code, words);
    }

    private static void refused(Program.Ended told, String code, String... words) {
        assertThat(told.status()).as(told.messages()).isEqualTo(3);
        assertThat(told.messages())
                .contains("error " + code + ": ")
                .contains(words)
                .doesNotContain("\tat ");
    }

    @Test
    void aSecondServerOnADataDirectory() throws Exception {
        try (var first =
                ServerProcess.start(folder, List.of("--data", program.data().toString()))) {
            refused(program.tell("server", "--port", "0"), "DATA_DIRECTORY_IN_USE", "data");
            assertThat(first.stop()).isZero();
        }
    }

    @Test
    void aPortThatAnotherProgramListensOn() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(other.getLocalPort());
            refused(program.tell("server", "--port", port), "PORT_IN_USE", port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.db", "tracking.db"})
    void aDatabaseFileThatIsDamaged(String name) throws Exception {
        program.succeeds("run", trips.file().toString());
        var file = program.data().resolve(name);
        Files.deleteIfExists(program.data().resolve(name + "-wal"));
        Files.write(file, "this is no database".repeat(40).getBytes(StandardCharsets.UTF_8));
        refuses("DATABASE_DAMAGED", name, "backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.db", "tracking.db"})
    void aDatabaseOfANewerVersion(String name) throws Exception {
        program.succeeds("run", trips.file().toString());
        var url = "jdbc:sqlite:" + program.data().resolve(name);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO flyway_schema_history SELECT installed_rank + 1000, '9999', description, type,"
                            + " script, checksum, installed_by, installed_on, execution_time, success"
                            + " FROM flyway_schema_history ORDER BY installed_rank LIMIT 1");
        }
        refuses("DATABASE_NEWER", "newer version");
    }

    @Test
    void aDataDirectoryThatIsAFile() throws Exception {
        Files.createDirectories(folder.resolve("home"));
        Files.writeString(program.data(), "a file", StandardOpenOption.CREATE_NEW);
        refuses("DATA_DIRECTORY_UNUSABLE", "data");
        assertThat(program.data()).hasContent("a file");
    }
}
