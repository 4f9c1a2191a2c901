package dev.esteira.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.DatabaseKind;
import dev.esteira.testing.ManualClock;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is at a limit is kept whole and what is beyond it is refused, on both databases. */
class TrackingLimitsTest {

    private static final WorkspaceName HERE = WorkspaceName.DEFAULT;

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private void tracked(DatabaseKind kind, OpenTracking body) throws Exception {
        OpenTracking.on(kind, folder, clock, body);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(EsteiraException.class, e -> {
            assertThat(e.code()).isEqualTo(TrackingErrorCode.INVALID_PARAMETER_VALUE);
            assertThat(e.getMessage()).contains(message).hasSizeLessThan(400);
        });
    }

    private static String text(int length) {
        return "n".repeat(length);
    }

    private static List<Tag> tags(int number) {
        return IntStream.range(0, number)
                .mapToObj(tag -> new Tag("tag" + tag, "value"))
                .toList();
    }

    private static List<Param> params(int number) {
        return IntStream.range(0, number)
                .mapToObj(param -> new Param("param" + param, "value"))
                .toList();
    }

    private Run create(TrackingModule module, String user, String name, List<Tag> tags) {
        return module.tracking()
                .create(HERE, Experiment.DEFAULT_ID, user, Optional.of(clock.instant()), Optional.of(name), tags);
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void theNameAndUserOfARunHaveAnEndWhereverTheyComeFrom(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var name = text(TrackingRules.RUN_NAME_LENGTH);
            var user = text(TrackingRules.USER_LENGTH);
            var run = create(module, user, name, List.of());
            var id = run.info().runId();
            var tooLong = name + "n";

            assertThat(run.info().name()).isEqualTo(name);
            assertThat(run.info().userId()).isEqualTo(user);
            refused("501 characters, more than 500", () -> create(module, user, tooLong, List.of()));
            refused("257 characters, more than 256", () -> create(module, user + "u", name, List.of()));
            refused(
                    "more than 500",
                    () -> module.tracking().update(HERE, id, Optional.empty(), Optional.empty(), Optional.of(tooLong)));
            refused(
                    "more than 500",
                    () -> module.tracking().log(HERE, id, Logged.tags(List.of(new Tag(Tag.RUN_NAME, tooLong)))));
            refused(
                    "more than 500",
                    () -> module.tracking()
                            .begin(HERE, new NewRun("e", "r", tooLong, "step", List.of(), clock.instant())));
            refused("holds a NUL character", () -> create(module, user, "a\0b", List.of()));
            refused("holds a NUL character", () -> create(module, "a\0b", name, List.of()));
            assertThat(module.tracking().run(HERE, id).info().name()).isEqualTo(name);
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anIdOfARunHasAnEnd(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var longest = text(TrackingRules.ID_LENGTH);
            module.tracking().begin(HERE, new NewRun("e", longest, "r", "step", List.of(), clock.instant()));

            assertThat(module.tracking().run(HERE, longest).info().runId()).isEqualTo(longest);
            refused(
                    "is not a run id",
                    () -> module.tracking()
                            .begin(HERE, new NewRun("e", longest + "n", "r", "step", List.of(), clock.instant())));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void anExperimentsNameHasAnEndAndNoNul(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var experiments = module.experiments();
            var name = text(TrackingRules.EXPERIMENT_NAME_LENGTH);
            var made = experiments.create(HERE, name, Optional.empty(), tags(TrackingRules.BATCH_PARAMS));

            assertThat(made.name()).isEqualTo(name);
            assertThat(made.tags()).hasSize(TrackingRules.BATCH_PARAMS);
            refused("more than 500", () -> experiments.create(HERE, name + "n", Optional.empty(), List.of()));
            refused("more than 500", () -> experiments.rename(HERE, made.id(), name + "n"));
            refused("holds a NUL character", () -> experiments.rename(HERE, made.id(), "a\0b"));
            refused(
                    "101 tags, more than 100",
                    () -> experiments.create(HERE, "other", Optional.empty(), tags(TrackingRules.BATCH_PARAMS + 1)));
            refused(
                    "holds a NUL character",
                    () -> experiments.create(HERE, "other", Optional.of("s3://b/a\0b"), List.of()));
            assertThat(experiments.byName(HERE, "other")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aBatchHasAnEndAndALargerOneLeavesNothing(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            var id = create(module, "ana", "r", List.of()).info().runId();
            var metrics = IntStream.rangeClosed(0, TrackingRules.BATCH_METRICS)
                    .mapToObj(step -> new Metric("loss", 0.5, 1, step))
                    .toList();

            refused("1001 metrics, more than 1000", () -> tracking.log(HERE, id, Logged.metrics(metrics)));
            refused("101 params, more than 100", () -> tracking.log(HERE, id, Logged.params(params(101))));
            refused("101 tags, more than 100", () -> tracking.log(HERE, id, Logged.tags(tags(101))));
            refused("101 tags, more than 100", () -> create(module, "ana", "s", tags(101)));
            refused(
                    "more than 1000",
                    () -> tracking.log(HERE, id, new Logged(metrics.subList(0, 900), params(100), tags(1))));
            assertThat(tracking.history(HERE, id, "loss", Optional.empty(), 1)).isEmpty();

            tracking.log(HERE, id, new Logged(metrics.subList(0, 800), params(100), tags(100)));
            assertThat(tracking.history(HERE, id, "loss", Optional.empty(), 2000))
                    .hasSize(800);
            assertThat(tracking.run(HERE, id).params()).hasSize(100);
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aCallNotesSoManyDataSetsAndModels(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var id = create(module, "ana", "r", List.of()).info().runId();
            var datasets = IntStream.rangeClosed(0, TrackingRules.RELATED_MAX)
                    .mapToObj(number -> new DatasetInput(
                            "d" + number, "1", "local", "x", Optional.empty(), Optional.empty(), Optional.empty()))
                    .toList();
            var links = IntStream.rangeClosed(0, TrackingRules.RELATED_MAX)
                    .mapToObj(number -> new ModelLink(ModelLink.Direction.INPUT, "m-" + number, 0))
                    .toList();
            var tracking = module.tracking();

            refused("1001 data sets, more than 1000", () -> tracking.relate(HERE, id, datasets, List.of()));
            refused("1001 models, more than 1000", () -> tracking.relate(HERE, id, List.of(), links));
            tracking.relate(HERE, id, datasets.subList(0, 1000), links.subList(0, 1000));
            assertThat(tracking.run(HERE, id).datasets()).hasSize(1000);
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aSearchLooksIntoSoManyExperimentsAndSortsBySoManyKeys(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var tracking = module.tracking();
            var run = create(module, "ana", "r", List.of());
            var ids = LongStream.rangeClosed(0, TrackingRules.EXPERIMENTS_MAX)
                    .boxed()
                    .toList();
            var keys = IntStream.rangeClosed(0, SearchOrder.ORDERS_MAX)
                    .mapToObj(key -> "metrics.m" + key + " DESC")
                    .toList();
            var filter = String.join(" AND ", Collections.nCopies(50, "params.`missing` IS NULL"));
            var search = new Search(
                    SearchFilter.parse(filter),
                    SearchOrder.parse(keys.subList(0, SearchOrder.ORDERS_MAX)),
                    Optional.of(Lifecycle.ACTIVE),
                    10,
                    0);

            assertThat(tracking.search(HERE, ids.subList(0, TrackingRules.EXPERIMENTS_MAX), search))
                    .containsExactly(run);
            assertThat(module.models()
                            .search(HERE, ids.subList(0, TrackingRules.EXPERIMENTS_MAX), Search.active("", 1)))
                    .isEmpty();
            refused("10001 experiment_ids, more than 10000", () -> tracking.search(HERE, ids, search));
            refused("10001 experiment_ids", () -> module.models().search(HERE, ids, search));
            refused("21 keys in order_by, more than 20", () -> SearchOrder.parse(keys));
            refused("more than 500", () -> SearchOrder.parse(List.of("metrics." + text(500))));
        });
    }

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void aLoggedModelsTextsHaveAnEndAndItsStatusMessageIsCut(DatabaseKind kind) throws Exception {
        tracked(kind, module -> {
            var models = module.models();
            var longest = text(TrackingRules.LOGGED_MODEL_LENGTH);
            var model = models.create(HERE, 0, Optional.of(longest), longest, "", params(100), tags(100));
            var failed = models.finish(HERE, model.id(), LoggedModel.Status.FAILED, text(1001));

            assertThat(model.name()).isEqualTo(longest);
            assertThat(model.params()).hasSize(100);
            assertThat(failed.statusMessage()).isEqualTo(text(TrackingRules.STATUS_MESSAGE_LENGTH));
            refused("more than 500", () -> named(models, longest + "n", ""));
            refused(
                    "more than 500",
                    () -> models.create(HERE, 0, Optional.empty(), longest + "n", "", List.of(), List.of()));
            refused("holds a NUL character", () -> named(models, "a\0b", ""));
            refused("is not a run id", () -> named(models, "m", text(257)));
            refused("101 params", () -> models.addParams(HERE, model.id(), params(101)));
            refused("101 tags", () -> models.setTags(HERE, model.id(), tags(101)));
            refused("holds a NUL character", () -> models.finish(HERE, model.id(), LoggedModel.Status.READY, "a\0b"));
            assertThat(models.model(HERE, model.id()).status()).isEqualTo(LoggedModel.Status.FAILED);
        });
    }

    private static LoggedModel named(LoggedModels models, String name, String sourceRun) {
        return models.create(HERE, 0, Optional.of(name), "", sourceRun, List.of(), List.of());
    }
}
