package dev.esteira.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a model predicts. */
public enum Task {
    /** The probability that a label of two values is true, or is 1. */
    BINARY("logloss", "auc"),
    /** A number. */
    REGRESSION("rmse", "mae");

    private final String defaultMetric;
    private final String otherMetric;

    Task(String defaultMetric, String otherMetric) {
        this.defaultMetric = defaultMetric;
        this.otherMetric = otherMetric;
    }

    /** The name in files, e.g. {@code binary}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The task of that name, empty when there is none. */
    public static Optional<Task> of(String text) {
        return Arrays.stream(values()).filter(task -> task.text().equals(text)).findFirst();
    }

    /** XGBoost's objective, unless the parameters name another. */
    String objective() {
        return objectives().getFirst();
    }

    /** The objectives whose scores are what the task promises: a probability, or the number itself. */
    List<String> objectives() {
        return switch (this) {
            case BINARY -> List.of("binary:logistic", "reg:logistic", "binary:hinge");
            case REGRESSION ->
                List.of(
                        "reg:squarederror",
                        "reg:squaredlogerror",
                        "reg:pseudohubererror",
                        "reg:absoluteerror",
                        "reg:quantileerror",
                        "reg:gamma",
                        "reg:tweedie",
                        "reg:logistic",
                        "count:poisson");
        };
    }

    /** The metric that is looked at first. */
    String defaultMetric() {
        return defaultMetric;
    }

    /** XGBoost's metrics that are computed in every round, unless the parameters name others. */
    List<String> metrics() {
        return List.of(defaultMetric, otherMetric);
    }
}
