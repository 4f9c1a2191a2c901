package dev.esteira.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactStore;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Commit;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelRegistryTest {

    private static final WorkspaceName HERE = WorkspaceName.DEFAULT;
    private static final ModelName FLIGHTS = new ModelName("flight-delay");
    private static final Alias CHALLENGER = new Alias("challenger");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void sameContentIsTheSameVersionAndItsAliasesAreSetAgain(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var registry = new ModelRegistry(database, clock);
            commit(database, version("one"), false);
            commit(database, version("two"), false);
            commit(database, version("one"), true);

            assertThat(registry.versions(HERE, FLIGHTS, Long.MAX_VALUE, 10).stream()
                            .map(ModelVersion::number))
                    .containsExactly(2L, 1L);
            assertThat(registry.aliased(HERE, FLIGHTS, CHALLENGER).orElseThrow().number())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aStepThatDoesNotCommitRegistersNothing(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var registry = new ModelRegistry(database, clock);

            assertThatThrownBy(() -> database.write(tx -> {
                        new ModelVersionSink().commit(tx, commit(version("one"), false));
                        throw new IllegalStateException("the engine stopped here");
                    }))
                    .hasMessageContaining("stopped here");

            assertThat(registry.models(HERE, "", 10)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aVersionLeadsToTheRunThatTrainedItsModel(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var model = new Artifact(
                    ArtifactType.MODEL,
                    List.of(new ArtifactFile("MLmodel", Digest.ofText("m"), 1)),
                    Value.Fields.EMPTY);
            var trained = Value.Fields.EMPTY.with("trackedRun", Value.of("0123456789abcdef0123456789abcdef"));
            database.write(tx -> {
                new ModelOriginSink().commit(tx, commit("train", model, Map.of(), trained, false));
                new ModelVersionSink()
                        .commit(
                                tx,
                                commit("register", version("one"), Map.of("model", model), Value.Fields.EMPTY, false));
                return true;
            });

            assertThat(new ModelRegistry(database, clock)
                            .version(HERE, FLIGHTS, 1)
                            .trackedRun())
                    .isEqualTo("0123456789abcdef0123456789abcdef");
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anAliasMovesOnlyFromWhereTheCallerSawIt(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var registry = new ModelRegistry(database, clock);
            commit(database, version("one"), false);
            commit(database, version("two"), false);
            var champion = new Alias("champion");

            assertThat(registry.setAlias(HERE, FLIGHTS, champion, 1, Optional.of(0L))
                            .aliases())
                    .contains(champion);
            assertThatThrownBy(() -> registry.setAlias(HERE, FLIGHTS, champion, 2, Optional.of(0L)))
                    .isInstanceOfSatisfying(
                            EsteiraException.class,
                            error -> assertThat(error.code()).isEqualTo(RegistryErrorCode.MODEL_ALIAS_MOVED));
            assertThat(registry.aliased(HERE, FLIGHTS, champion).orElseThrow().number())
                    .isEqualTo(1);
            assertThat(registry.deleteAlias(HERE, FLIGHTS, champion, Optional.of(1L)))
                    .isTrue();
            assertThat(registry.aliased(HERE, FLIGHTS, champion)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theTreeOfAVersionIsFoundByItsDigest(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var registry = new ModelRegistry(database, clock);
            var version = version("one");
            commit(database, version, false);

            assertThat(registry.pinned(HERE, version.digest())).contains(version);
            assertThat(registry.pinned(HERE, Digest.ofText("another"))).isEmpty();
            assertThat(registry.pinned(new WorkspaceName("elsewhere"), version.digest()))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void whatIsNotThereIsSaidInASentence(DatabaseKind kind) {
        try (var database = kind.open(folder, MigrationChain.MAIN)) {
            var registry = new ModelRegistry(database, clock);

            assertThatThrownBy(() -> registry.model(HERE, FLIGHTS))
                    .hasMessage("There is no registered model 'flight-delay'.");
            commit(database, version("one"), false);
            assertThatThrownBy(() -> registry.version(HERE, FLIGHTS, 7))
                    .hasMessage("The model 'flight-delay' has no version 7.");
        }
    }

    private void commit(Database database, Artifact version, boolean cached) {
        database.write(tx -> {
            for (var file : version.files()) {
                new ContentStore()
                        .note(tx, HERE, new ArtifactStore.Stored(file.digest(), file.size()), clock.instant());
            }
            new ContentStore().save(tx, HERE, version, clock.instant());
            new ModelVersionSink().commit(tx, commit(version, cached));
            return true;
        });
    }

    private Commit commit(Artifact version, boolean cached) {
        return commit("register", version, Map.of(), Value.Fields.EMPTY, cached);
    }

    private Commit commit(
            String step, Artifact output, Map<String, Artifact> inputs, Value.Fields annotations, boolean cached) {
        return new Commit(
                HERE,
                "flight-delay",
                "run",
                step,
                output.type().text(),
                output,
                inputs,
                annotations,
                cached,
                clock.instant());
    }

    private static Artifact version(String content) {
        var summary = Value.Fields.EMPTY
                .with(RegisterKind.MODEL, Value.of(FLIGHTS.value()))
                .with(RegisterKind.ALIASES, Value.ofTexts(List.of(CHALLENGER.value())));
        var file = new ArtifactFile("version.json", Digest.ofText(content), content.length());
        return new Artifact(ArtifactType.MODEL_VERSION, List.of(file), summary);
    }
}
