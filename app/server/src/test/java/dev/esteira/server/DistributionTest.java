package dev.esteira.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    private Path folder;

    private Path jdk;
    private Path dist;

    @BeforeEach
    void install() throws IOException {
        jdk = Files.createDirectories(folder.resolve("jdk"));
        dist = Files.createDirectories(folder.resolve("dist"));
        Files.writeString(jdk.resolve("release"), "25.0.3");
        Files.writeString(dist.resolve("jdk"), "25.0.3");
        Files.createFile(dist.resolve("java.args"));
        Files.createFile(dist.resolve("trainer.args"));
    }

    @Test
    void startsChildrenFromTheLaunchersArguments() {
        var child = new Distribution(Optional.of(dist), jdk, false).trainer();

        assertThat(child.java()).isEqualTo(jdk.resolve("bin/java"));
        assertThat(child.classPath()).isEmpty();
        assertThat(child.options())
                .containsExactly("@" + dist.resolve("trainer.args"), "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=.");
    }

    @Test
    void usesTheRecordedStartOfTheSameJdk() throws IOException {
        Files.createFile(dist.resolve("esteira.aot"));

        assertThat(new Distribution(Optional.of(dist), jdk, false).child().options())
                .contains("-XX:AOTCache=" + dist.resolve("esteira.aot"));

        Files.writeString(jdk.resolve("release"), "25.0.4");
        assertThat(new Distribution(Optional.of(dist), jdk, false).child().options())
                .noneMatch(option -> option.contains("AOT"));
    }

    @Test
    void recordsTheTrainersStartOnceAndOnlyWhenAsked() throws IOException {
        var recording = new Distribution(Optional.of(dist), jdk, true);

        assertThat(recording.trainer().options()).contains("-XX:AOTCacheOutput=" + dist.resolve("trainer.aot"));
        assertThat(recording.child().options()).noneMatch(option -> option.contains("AOT"));

        Files.createFile(dist.resolve("trainer.aot"));
        assertThat(recording.trainer().options()).contains("-XX:AOTCache=" + dist.resolve("trainer.aot"));
    }

    @Test
    void usesItsOwnClassPathWhereNothingIsInstalled() {
        var child = new Distribution(Optional.empty(), jdk, false).child();

        assertThat(child.classPath()).isNotEmpty();
        assertThat(child.options()).noneMatch(option -> option.startsWith("@"));
    }
}
