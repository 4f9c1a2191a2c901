package dev.esteira.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.store.ContentSweep;
import dev.esteira.store.DatabaseKind;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.testing.ManualClock;
import dev.esteira.testing.SequentialIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tracking promises, on both databases. */
class TrackingTest {

    private static final WorkspaceName HERE = WorkspaceName.DEFAULT;
    private static final String RUN = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private void tracked(DatabaseKind kind, OpenTracking body) throws Exception {
        OpenTracking.on(kind, folder, clock, body);
    }

    private NewRun newRun() {
        return new NewRun("flights", RUN, "train", "step", List.of(new Tag("kind", "train")), clock.instant());
    }

    private static void refused(TrackingErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        EsteiraException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aStepThatReportsTwiceLeavesOneRunWithEachPointOnce(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            for (var attempt = 0; attempt < 2; attempt++) {
                tracking.begin(HERE, newRun());
                tracking.log(HERE, RUN, Logged.params(List.of(new Param("eta", "0.1"))));
                tracking.log(
                        HERE,
                        RUN,
                        Logged.metrics(List.of(new Metric("loss", 0.5, 1, 1), new Metric("loss", 0.4, 2, 2))));
                tracking.finish(HERE, RUN, RunStatus.FINISHED, clock.instant());
                clock.advance(Duration.ofMinutes(5));
            }

            var run = tracking.run(HERE, RUN);
            assertThat(run.info().endMillis()).contains(ManualClock.START.toEpochMilli());
            assertThat(run.metrics()).containsExactly(new Metric("loss", 0.4, 2, 2));
            assertThat(tracking.history(HERE, RUN, "loss", Optional.empty(), 10))
                    .hasSize(2);
            var experiment = module.experiments().byName(HERE, "flights").orElseThrow();
            assertThat(tracking.search(HERE, List.of(experiment.id()), Search.active("", 10)))
                    .containsExactly(run);
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBatchWithOneChangedParamLeavesNothing(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            tracking.begin(HERE, newRun());
            tracking.log(HERE, RUN, Logged.params(List.of(new Param("eta", "0.1"))));

            refused(
                    TrackingErrorCode.INVALID_PARAMETER_VALUE,
                    () -> tracking.log(
                            HERE,
                            RUN,
                            new Logged(
                                    List.of(new Metric("loss", 1, 1, 1)),
                                    List.of(new Param("depth", "6"), new Param("eta", "0.2")),
                                    List.of(new Tag("t", "v")))));

            var run = tracking.run(HERE, RUN);
            assertThat(run.params()).containsExactly(new Param("eta", "0.1"));
            assertThat(run.metrics()).isEmpty();
            assertThat(run.tags()).extracting(Tag::key).doesNotContain("t");
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theLatestValueHasTheGreatestStepThenTimeThenValue(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            tracking.begin(HERE, newRun());
            var points = List.of(
                    new Metric("m", 1, 10, 5),
                    new Metric("m", 9, 99, 4),
                    new Metric("m", 3, 11, 5),
                    new Metric("m", 2, 11, 5),
                    new Metric("m", Double.NaN, 5, -1));
            for (var point : points) {
                tracking.log(HERE, RUN, Logged.metrics(List.of(point)));
            }

            assertThat(tracking.run(HERE, RUN).metrics()).containsExactly(new Metric("m", 3, 11, 5));
            var first = tracking.history(HERE, RUN, "m", Optional.empty(), 2);
            var rest = tracking.history(HERE, RUN, "m", Optional.of(first.getLast()), 10);
            assertThat(first).containsExactly(points.get(4), points.get(0));
            assertThat(rest).containsExactly(points.get(3), points.get(2), points.get(1));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aDeletedExperimentTakesItsRunsAlongAndKeepsItsName(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            module.tracking().begin(HERE, newRun());
            var id = module.experiments().byName(HERE, "flights").orElseThrow().id();
            module.experiments().delete(HERE, id);

            assertThat(module.tracking().run(HERE, RUN).info().lifecycle()).isEqualTo(Lifecycle.DELETED);
            refused(
                    TrackingErrorCode.RESOURCE_DOES_NOT_EXIST,
                    () -> module.experiments().delete(HERE, id));
            refused(
                    TrackingErrorCode.RESOURCE_ALREADY_EXISTS,
                    () -> module.experiments().create(HERE, "flights", Optional.empty(), List.of()));
            refused(TrackingErrorCode.INVALID_STATE, () -> module.experiments().rename(HERE, id, "other"));
            refused(
                    TrackingErrorCode.INVALID_PARAMETER_VALUE,
                    () -> module.tracking().log(HERE, RUN, Logged.tags(List.of(new Tag("a", "b")))));

            module.experiments().restore(HERE, id);
            assertThat(module.tracking().run(HERE, RUN).info().lifecycle()).isEqualTo(Lifecycle.ACTIVE);
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theDefaultExperimentIsThereAndIdsAreUniqueAcrossWorkspaces(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            module.start();
            var other = new WorkspaceName("other");
            var here = module.experiments().create(HERE, "same", Optional.empty(), List.of());
            var there = module.experiments().create(other, "same", Optional.empty(), List.of());

            assertThat(module.experiments().byId(HERE, Experiment.DEFAULT_ID).name())
                    .isEqualTo(Experiment.DEFAULT_NAME);
            assertThat(here.id()).isNotEqualTo(there.id());
            refused(
                    TrackingErrorCode.RESOURCE_DOES_NOT_EXIST,
                    () -> module.experiments().byId(other, here.id()));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void searchesComparePartsOfRunsWithNearlyEveryOperator(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            for (var name : List.of("Alpha", "beta")) {
                var run = tracking.create(HERE, 0, "ana", Optional.of(clock.instant()), Optional.of(name), List.of());
                tracking.log(
                        HERE,
                        run.info().runId(),
                        new Logged(
                                List.of(new Metric("a b", name.equals("beta") ? 2 : 1, 1, 0)),
                                List.of(new Param("case", name)),
                                List.of(new Tag("mlflow.source", "50%_[x]"))));
            }

            assertThat(names(tracking, "params.case LIKE 'A%'")).containsExactly("Alpha");
            assertThat(names(tracking, "params.case LIKE 'a%'")).isEmpty();
            assertThat(names(tracking, "params.case ILIKE 'B_TA'")).containsExactly("beta");
            assertThat(names(tracking, "metrics.`a b` >= 2 and tags.mlflow.source = '50%_[x]'"))
                    .containsExactly("beta");
            assertThat(names(tracking, "params.missing != 'x'")).isEmpty();
            assertThat(names(tracking, "params.missing IS NULL AND run_name IN ('beta', 'gamma')"))
                    .containsExactly("beta");
            assertThat(names(tracking, "attributes.status = 'RUNNING' AND start_time > 0"))
                    .hasSize(2);
            refused(TrackingErrorCode.INVALID_PARAMETER_VALUE, () -> names(tracking, "metrics.x LIKE 'a'"));
            refused(TrackingErrorCode.INVALID_PARAMETER_VALUE, () -> names(tracking, "params.x > 'a'"));
            refused(TrackingErrorCode.INVALID_PARAMETER_VALUE, () -> names(tracking, "nonsense.x = 'a'"));
        });
    }

    private static List<String> names(Tracking tracking, String filter) {
        return tracking.search(HERE, List.of(Experiment.DEFAULT_ID), Search.active(filter, 10)).stream()
                .map(run -> run.info().name())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void artifactsAreListedReadReplacedAndRemovedByPath(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var artifacts = module.artifacts();
            put(artifacts, "0/r/artifacts/model/a.txt", "one");
            put(artifacts, "0/r/artifacts/model/a.txt", "two");
            put(artifacts, "0/r/artifacts/model-b/c.txt", "see");
            put(artifacts, "0/r/artifacts/top.txt", "");

            assertThat(artifacts.list(HERE, "0/r/artifacts"))
                    .containsExactly(
                            new ArtifactEntry("model", Optional.empty()),
                            new ArtifactEntry("model-b", Optional.empty()),
                            new ArtifactEntry("top.txt", Optional.of(0L)));
            try (var content = artifacts.open(artifacts.file(HERE, "0/r/artifacts/model/a.txt"))) {
                assertThat(content.readAllBytes()).asString().isEqualTo("two");
            }
            refused(
                    TrackingErrorCode.INVALID_PARAMETER_VALUE,
                    () -> put(artifacts, "0/r/artifacts/model", "a folder is there"));
            refused(
                    TrackingErrorCode.INVALID_PARAMETER_VALUE,
                    () -> put(artifacts, "0/r/artifacts/top.txt/below", "a file is there"));
            artifacts.delete(HERE, "0/r/artifacts/model");
            artifacts.delete(HERE, "0/r/artifacts/model");
            assertThat(artifacts.list(HERE, "0/r/artifacts"))
                    .extracting(ArtifactEntry::name)
                    .containsExactly("model-b", "top.txt");
            refused(
                    TrackingErrorCode.RESOURCE_DOES_NOT_EXIST,
                    () -> artifacts.file(new WorkspaceName("other"), "0/r/artifacts/top.txt"));
        });
    }

    private static void put(RunArtifacts artifacts, String path, String text) throws IOException {
        artifacts.put(HERE, path, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anArtifactIsLinkedBelowAFolderOfItsRunAgainAndAgain(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var file = new ArtifactFile("sub/MLmodel", Digest.ofText("x"), 1);
            var artifact = new Artifact(ArtifactType.MODEL, List.of(file), Value.Fields.EMPTY);
            module.tracking().begin(HERE, newRun());
            module.tracking().link(HERE, RUN, "model", artifact);
            module.tracking().link(HERE, RUN, "model", artifact);

            var uri = module.tracking().run(HERE, RUN).info().artifactUri();
            assertThat(module.artifacts().tree(HERE, uri).orElseThrow())
                    .containsExactly(new StoredFile("model/sub/MLmodel", Digest.ofText("x"), 1));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSweepKeepsWhatAPathNamesAndTakesWhatNoneDoes(DatabaseKind kind) throws Exception {
        var contents = new FileArtifactStore(folder.resolve("artifacts"), clock);
        contents.start(clock.instant());
        try (var database = kind.open(folder, MigrationChain.TRACKING);
                var main = kind.open(folder, MigrationChain.MAIN)) {
            var module = new TrackingModule(database, main, contents, clock, new SequentialIds(), List.of());
            put(module.artifacts(), "0/r/artifacts/kept.txt", "kept");
            put(module.artifacts(), "0/r/artifacts/gone.txt", "gone");
            module.artifacts().delete(HERE, "0/r/artifacts/gone.txt");
            clock.advance(Duration.ofDays(30));

            new ContentSweep(main, List.of(database), contents, clock).sweep(Duration.ofDays(1));

            assertThat(contents.contains(Digest.ofText("kept"))).isTrue();
            assertThat(contents.contains(Digest.ofText("gone"))).isFalse();
        }
    }
}
