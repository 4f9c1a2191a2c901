package dev.esteira.training;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a model predicts. */
public enum Task {
    /** The probability that a label of two values is true, or is 1. */
    BINARY("logloss"),
    /** A number. */
    REGRESSION("rmse");

    private final String defaultMetric;

    Task(String defaultMetric) {
        this.defaultMetric = defaultMetric;
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

    /**
     * XGBoost's metric that is computed in every round, unless the parameters name others. One, because an area under
     * the ROC curve in each round made the learning of the flight example take two thirds longer.
     */
    String defaultMetric() {
        return defaultMetric;
    }
}
