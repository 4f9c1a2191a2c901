package dev.esteira.training;

import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The field {@code trainer} of a step.
 *
 * @param params the library's own, as written
 */
record TrainerSpec(Task task, Value.Fields params, long rounds, Optional<EarlyStopping> stopping) {

    /** Stop when the metric on the validation part has not improved for that many rounds. */
    record EarlyStopping(String metric, long rounds) {}

    private static final Shape TEXT = new Shape.Scalar(LogicalType.STRING);

    static final Shape.Field FIELD = Shape.Field.required(
            "trainer",
            Shape.Group.of(
                    Shape.Field.required("name", new Shape.Choice(List.of("xgboost")), "The library that learns."),
                    Shape.Field.required(
                            "task", new Shape.Choice(List.of("binary", "regression")), "What is predicted."),
                    Shape.Field.optional(
                            "params",
                            new Shape.MapOf(new Shape.Anything()),
                            "The library's own parameters, unchanged."),
                    Shape.Field.required("rounds", new Shape.WholeIn(1, 100_000), "The most rounds of boosting."),
                    Shape.Field.optional(
                            "earlyStopping",
                            Shape.Group.of(
                                    Shape.Field.required("metric", TEXT, "The library's name of the metric to watch."),
                                    Shape.Field.required(
                                            "rounds",
                                            new Shape.WholeIn(1, 100_000),
                                            "The rounds without a better one.")),
                            "When to stop before the last round, by the input 'validation'.")),
            "Which library learns, and how.");

    static TrainerSpec of(Value.Fields step) {
        var trainer = step.fields("trainer");
        var stopping = trainer.field("earlyStopping").flatMap(Value::asFields);
        return new TrainerSpec(
                Task.of(trainer.text("task").orElseThrow()).orElseThrow(),
                trainer.fields("params"),
                trainer.whole("rounds").orElseThrow(),
                stopping.map(fields -> new EarlyStopping(
                        fields.text("metric").orElseThrow(),
                        fields.whole("rounds").orElseThrow())));
    }

    /** Reports parameters that the library would ignore, or that belong to the run. */
    static void check(Value.Fields step, CheckContext context) {
        var trainer = step.fields("trainer");
        for (var param : trainer.fields("params").entries().entrySet()) {
            var name = param.getKey();
            if (param.getValue() instanceof Value.Fields || param.getValue() instanceof Value.Nothing) {
                context.problem(
                        "/trainer/params/" + name,
                        TrainingErrorCode.UNFIT_TRAINER_PARAMETER,
                        "The parameter '" + name + "' is " + param.getValue().kindName() + ".",
                        "Write a text, a number, or a list in the order of the features.");
            }
            if (XgboostParameters.RESERVED.contains(name)) {
                context.problem(
                        "/trainer/params/" + name,
                        TrainingErrorCode.RESERVED_TRAINER_PARAMETER,
                        "The parameter '" + name + "' belongs to the run.",
                        "Leave it out; the seed is reproducibility.seed.");
            } else if (!XgboostParameters.KNOWN.contains(name)) {
                context.problem(
                        "/trainer/params/" + name,
                        TrainingErrorCode.UNKNOWN_TRAINER_PARAMETER,
                        "XGBoost has no parameter '" + name + "'.",
                        nearest(name, XgboostParameters.KNOWN));
            }
        }
        Task.of(trainer.text("task").orElse("")).ifPresent(task -> checkObjective(trainer, task, context));
        checkMetrics(trainer, context);
        if (trainer.field("earlyStopping").isPresent() && !context.inputs().containsKey("validation")) {
            context.problem(
                    "/trainer/earlyStopping",
                    TrainingErrorCode.NO_VALIDATION_PART,
                    "Early stopping needs an input 'validation', and the step has none.",
                    "Add the validation part to 'inputs', or leave early stopping out.");
        }
    }

    private static void checkObjective(Value.Fields trainer, Task task, CheckContext context) {
        trainer.fields("params")
                .text("objective")
                .filter(objective -> !task.objectives().contains(objective))
                .ifPresent(objective -> context.problem(
                        "/trainer/params/objective",
                        TrainingErrorCode.UNFIT_TRAINER_PARAMETER,
                        "The objective '" + objective + "' does not predict what the task " + task.text()
                                + " promises.",
                        NearestName.of(objective, task.objectives())
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("The task has " + String.join(", ", task.objectives()) + ".")));
    }

    private static void checkMetrics(Value.Fields trainer, CheckContext context) {
        var params = trainer.fields("params");
        params.text("eval_metric").ifPresent(metric -> checkMetric(metric, "/trainer/params/eval_metric", context));
        var named = params.items("eval_metric");
        for (var index = 0; index < named.size(); index++) {
            checkMetric(named.get(index).asText().orElse(""), "/trainer/params/eval_metric/" + index, context);
        }
        trainer.fields("earlyStopping")
                .text("metric")
                .ifPresent(metric -> checkMetric(metric, "/trainer/earlyStopping/metric", context));
    }

    private static void checkMetric(String metric, String pointer, CheckContext context) {
        if (!XgboostParameters.isMetric(metric)) {
            context.problem(
                    pointer,
                    TrainingErrorCode.UNFIT_TRAINER_PARAMETER,
                    "XGBoost has no metric '" + metric + "' for these tasks.",
                    NearestName.of(metric, XgboostParameters.METRICS)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("The metrics are " + String.join(", ", XgboostParameters.METRICS) + "."));
        }
    }

    private static String nearest(String name, Collection<String> known) {
        return NearestName.of(name, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Use the names of XGBoost's documentation.");
    }

    /** The metrics that are computed in every round, that of early stopping among them. */
    List<String> metrics() {
        var named = params.field("eval_metric");
        var metrics = new ArrayList<String>();
        named.ifPresent(value -> {
            value.asText().ifPresent(metrics::add);
            value.items().forEach(item -> item.asText().ifPresent(metrics::add));
        });
        if (metrics.isEmpty()) {
            metrics.add(task.defaultMetric());
        }
        stopping.map(EarlyStopping::metric)
                .filter(metric -> !metrics.contains(metric))
                .ifPresent(metrics::add);
        return metrics;
    }

    /** The metric that is looked at first. */
    String leadingMetric() {
        return stopping.map(EarlyStopping::metric)
                .orElse(
                        metrics().contains(task.defaultMetric())
                                ? task.defaultMetric()
                                : metrics().getFirst());
    }

    /** The parameters that decide the model: the task's, then those of the file, then the seed. */
    Value.Fields effective(long seed) {
        var effective = new LinkedHashMap<String, Value>();
        effective.put("objective", Value.of(task.objective()));
        effective.putAll(params.without("eval_metric").entries());
        effective.put("seed", Value.of(seed & Integer.MAX_VALUE));
        return Value.ofFields(effective);
    }
}
