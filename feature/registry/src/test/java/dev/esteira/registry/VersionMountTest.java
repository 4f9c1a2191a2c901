package dev.esteira.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.UlidSource;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.store.ContentStore;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.tracking.ArtifactEntry;
import dev.esteira.tracking.TrackingModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionMountTest {

    private static final WorkspaceName HERE = WorkspaceName.DEFAULT;
    private static final ModelName FLIGHTS = new ModelName("flight-delay");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatAStepRegisteredIsReadThroughTheProxyAndNotWritten(DatabaseKind kind) throws Exception {
        var contents = new FileArtifactStore(folder.resolve("artifacts"), clock);
        contents.start(clock.instant());
        try (var main = kind.open(folder, MigrationChain.MAIN);
                var runs = kind.open(folder, MigrationChain.TRACKING)) {
            var registry = new RegistryModule(main, clock);
            var artifacts = new TrackingModule(
                            runs,
                            main,
                            contents,
                            clock,
                            new UlidSource(clock, new Random(1)),
                            List.of(registry.mount()))
                    .artifacts();
            var version = version(contents);
            main.change(tx -> {
                new ContentStore().save(tx, HERE, version, clock.instant());
                new ModelVersionSink().commit(tx, commit(version));
            });

            var source = registry.registry().version(HERE, FLIGHTS, 1).source();
            var root = "versions/" + version.digest().hex();
            assertThat(source).isEqualTo("mlflow-artifacts:/" + root + "/model");
            assertThat(artifacts.list(HERE, root + "/model"))
                    .containsExactly(
                            new ArtifactEntry("MLmodel", Optional.of(5L)), new ArtifactEntry("data", Optional.empty()));
            var file = artifacts.file(HERE, root + "/model/MLmodel");
            try (var content = artifacts.open(file)) {
                assertThat(content.readAllBytes()).asString().isEqualTo("model");
            }
            assertThatThrownBy(
                            () -> artifacts.put(HERE, root + "/model/MLmodel", new ByteArrayInputStream(new byte[1])))
                    .isInstanceOf(EsteiraException.class);
            assertThatThrownBy(() -> artifacts.file(new WorkspaceName("other"), root + "/model/MLmodel"))
                    .isInstanceOf(EsteiraException.class);
            assertThat(artifacts.list(HERE, "versions/" + "0".repeat(64))).isEmpty();
        }
    }

    private static Artifact version(FileArtifactStore contents) throws IOException {
        var files = List.of(
                stored(contents, "version.json", "{}"),
                stored(contents, "model/MLmodel", "model"),
                stored(contents, "model/data/model.ubj", "trees"));
        var summary = Value.Fields.EMPTY
                .with(RegisterKind.MODEL, Value.of(FLIGHTS.value()))
                .with(RegisterKind.ALIASES, Value.ofTexts(List.of("challenger")));
        return new Artifact(ArtifactType.MODEL_VERSION, files, summary);
    }

    private static ArtifactFile stored(FileArtifactStore contents, String path, String text) throws IOException {
        var stored = contents.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new ArtifactFile(path, stored.digest(), stored.size());
    }

    private Commit commit(Artifact version) {
        return new Commit(
                HERE,
                "flight-delay",
                "run",
                "register",
                "version",
                version,
                Map.of(),
                Value.Fields.EMPTY,
                false,
                clock.instant());
    }
}
