package dev.esteira.architecture;

import dev.esteira.statistics.Direction;
import dev.esteira.statistics.Metric;
import dev.esteira.statistics.MetricWithArguments;
import dev.esteira.statistics.PredictionTask;
import dev.esteira.statistics.Range;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The page of the metrics that an evaluation can list. */
final class MetricsPage {

    private MetricsPage() {}

    static Reference reference() {
        return new Reference("metrics", MetricsPage::text);
    }

    private static String text() {
        return Reference.NOTE + """
                # Metrics

                What an `evaluate` step can list under `metrics`. All honour weights of rows. Where a metric has no value, \
                the report says so with the reason, in place of a zero. \
                Names in parentheses are the functions of scikit-learn, unless they say otherwise, that give the same value.

                """ + section("Of a binary label", PredictionTask.BINARY) + "\n"
                + section("Of a number", PredictionTask.REGRESSION);
    }

    private static String section(String title, PredictionTask task) {
        var plain = Metric.plain(task).stream()
                .map(metric -> List.of(
                        "`" + metric.key() + "`", text(metric.range()), text(metric.direction()), metric.description()))
                .toList();
        var withArguments = Arrays.stream(MetricWithArguments.Kind.values())
                .filter(kind -> kind.task() == task)
                .map(kind -> List.of(
                        "`" + kind.key() + "`",
                        arguments(kind),
                        text(kind.range()),
                        text(kind.direction()),
                        kind.description()))
                .toList();
        return "## " + title + "\n\n"
                + Reference.table(List.of("Metric", "Range", "Better", "What"), plain)
                + "\nWith arguments, written like `" + example(task) + "`:\n\n"
                + Reference.table(List.of("Metric", "Arguments", "Range", "Better", "What"), withArguments);
    }

    private static String example(PredictionTask task) {
        return switch (task) {
            case BINARY -> "{f_beta: {beta: 2}}";
            case REGRESSION -> "{pinball: {quantile: 0.9}}";
        };
    }

    private static String arguments(MetricWithArguments.Kind kind) {
        return kind.arguments().stream()
                .map(argument -> "`" + argument.name() + "` " + argument.range())
                .collect(Collectors.joining("; "));
    }

    private static String text(Direction direction) {
        return switch (direction) {
            case HIGHER_IS_BETTER -> "higher";
            case LOWER_IS_BETTER -> "lower";
            case NEARER_ZERO_IS_BETTER -> "nearer 0";
        };
    }

    private static String text(Range range) {
        return switch (range) {
            case SHARE -> "0 to 1";
            case CORRELATION -> "−1 to 1";
            case UP_TO_TWO -> "0 to 2";
            case POSITIVE -> "0 on";
            case AT_MOST_ONE -> "1 at most";
            case ANY -> "any";
        };
    }
}
