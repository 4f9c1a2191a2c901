package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.NearestName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/**
 * A metric that takes numbers as arguments, e.g. F-beta with its beta.
 *
 * @param arguments in the order of the kind's own list
 */
public record MetricWithArguments(Kind kind, List<Double> arguments) implements Metric {
    public MetricWithArguments {
        arguments = List.copyOf(arguments);
    }

    /** What is measured. */
    public enum Kind {
        F_BETA(
                PredictionTask.BINARY,
                Direction.HIGHER_IS_BETTER,
                Range.SHARE,
                "Weighted harmonic mean of precision and recall, where recall counts beta times as much (fbeta_score)."),
        GAIN(
                PredictionTask.BINARY,
                Direction.HIGHER_IS_BETTER,
                Range.SHARE,
                "Share of the positive rows among the given share of rows with the highest scores; rows of equal score"
                        + " count in proportion."),
        LIFT(
                PredictionTask.BINARY,
                Direction.HIGHER_IS_BETTER,
                Range.POSITIVE,
                "How many times as many positive rows the given share of rows with the highest scores holds as rows taken"
                        + " by chance; gain / share."),
        RECALL_AT_PRECISION(
                PredictionTask.BINARY,
                Direction.HIGHER_IS_BETTER,
                Range.SHARE,
                "Largest recall of a threshold whose precision is at least the given one (precision_recall_curve)."),
        RECALL_AT_FPR(
                PredictionTask.BINARY,
                Direction.HIGHER_IS_BETTER,
                Range.SHARE,
                "Largest recall of a threshold that decides at most the given share of negative rows positive"
                        + " (roc_curve)."),
        COST(
                PredictionTask.BINARY,
                Direction.LOWER_IS_BETTER,
                Range.POSITIVE,
                "Mean cost of a row, where each wrong decision has the given cost."),
        ADJUSTED_R2(
                PredictionTask.REGRESSION,
                Direction.HIGHER_IS_BETTER,
                Range.AT_MOST_ONE,
                "1 − (1 − r2) · (n − 1) / (n − features − 1) for n rows, or for weights that sum to n (Wherry 1931)."),
        PINBALL(
                PredictionTask.REGRESSION,
                Direction.LOWER_IS_BETTER,
                Range.POSITIVE,
                "Mean loss of predicting the given quantile (mean_pinball_loss)."),
        TWEEDIE_DEVIANCE(
                PredictionTask.REGRESSION,
                Direction.LOWER_IS_BETTER,
                Range.POSITIVE,
                "Mean deviance of amounts that may be zero, for a power between Poisson's 1 and gamma's 2"
                        + " (mean_tweedie_deviance); undefined unless labels are at least zero and predictions above it."),
        RESIDUAL_QUANTILE(
                PredictionTask.REGRESSION,
                Direction.NEARER_ZERO_IS_BETTER,
                Range.ANY,
                "Smallest label minus prediction up to which at least the given share of rows lies (numpy.quantile,"
                        + " method inverted_cdf).");

        private final PredictionTask task;
        private final Direction direction;
        private final Range range;
        private final String description;

        Kind(PredictionTask task, Direction direction, Range range, String description) {
            this.task = task;
            this.direction = direction;
            this.range = range;
            this.description = description;
        }

        /** The name in files, in lower snake case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The predictions that have this metric. */
        public PredictionTask task() {
            return task;
        }

        /** Which value is better. */
        public Direction direction() {
            return direction;
        }

        /** The values that it can have. */
        public Range range() {
            return range;
        }

        /** One sentence for the reference, with the source of the formula in parentheses. */
        public String description() {
            return description;
        }

        /** The numbers that it takes, in the order in which they stand in {@link MetricWithArguments#key()}. */
        public List<Argument> arguments() {
            return MetricWithArguments.arguments(this);
        }
    }

    /**
     * A number that a metric takes.
     *
     * @param range what it may be, in words: "above 0 and below 1"
     * @param fits whether a number is in that range
     */
    public record Argument(String name, String range, DoublePredicate fits) {}

    private static List<Argument> arguments(Kind kind) {
        return switch (kind) {
            case F_BETA -> List.of(new Argument("beta", "above 0 and 100 at most", beta -> beta > 0 && beta <= 100));
            case GAIN, LIFT -> List.of(share("share"));
            case RECALL_AT_PRECISION -> List.of(share("precision"));
            case RECALL_AT_FPR -> List.of(new Argument("fpr", "from 0 on and below 1", rate -> rate >= 0 && rate < 1));
            case COST -> List.of(amount("falsePositive"), amount("falseNegative"));
            case ADJUSTED_R2 ->
                List.of(new Argument(
                        "features",
                        "a whole number from 1 to 1e6",
                        number -> number >= 1 && number <= 1e6 && number == Math.rint(number)));
            case PINBALL, RESIDUAL_QUANTILE ->
                List.of(new Argument("quantile", "above 0 and below 1", share -> share > 0 && share < 1));
            case TWEEDIE_DEVIANCE ->
                List.of(new Argument("power", "above 1 and below 2", power -> power > 1 && power < 2));
        };
    }

    private static Argument share(String name) {
        return new Argument(name, "above 0 and 1 at most", share -> share > 0 && share <= 1);
    }

    private static Argument amount(String name) {
        return new Argument(name, "from 0 to 1e12", amount -> amount >= 0 && amount <= 1e12);
    }

    /** Of arguments by their names; see {@link Metric#of}. */
    static MetricWithArguments of(Kind kind, Map<String, Double> arguments) {
        var names = arguments(kind).stream().map(Argument::name).toList();
        for (var name : arguments.keySet()) {
            if (!names.contains(name)) {
                throw unfit(
                        "The metric " + kind.key() + " has no argument '" + name + "'.",
                        NearestName.of(name, names)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElseGet(() -> usage(kind)));
            }
        }
        var ordered = new ArrayList<Double>();
        for (var argument : arguments(kind)) {
            var given = arguments.get(argument.name());
            if (given == null) {
                throw unfit("The metric " + kind.key() + " needs its argument '" + argument.name() + "'.", usage(kind));
            }
            if (!argument.fits().test(given)) {
                throw unfit(
                        "The argument '" + argument.name() + "' of the metric " + kind.key() + " is " + text(given)
                                + ".",
                        "It is " + argument.range() + ".");
            }
            ordered.add(given);
        }
        return new MetricWithArguments(kind, ordered);
    }

    private static String usage(Kind kind) {
        var inner = arguments(kind).stream()
                .map(argument -> argument.name() + ": …")
                .collect(Collectors.joining(", ", "{", "}"));
        return "Write it like {" + kind.key() + ": " + inner + "}.";
    }

    private static EsteiraException unfit(String message, String remedy) {
        return new EsteiraException(StatisticsErrorCode.METRIC_ARGUMENT_UNFIT, message, remedy);
    }

    private static String text(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    double argument(int index) {
        return arguments.get(index);
    }

    @Override
    public String key() {
        return kind.key()
                + arguments.stream()
                        .map(argument -> "_" + text(argument).replace('.', '_'))
                        .collect(Collectors.joining());
    }

    @Override
    public PredictionTask task() {
        return kind.task;
    }

    @Override
    public Direction direction() {
        return kind.direction;
    }

    @Override
    public Range range() {
        return kind.range;
    }

    @Override
    public String description() {
        return kind.description;
    }
}
