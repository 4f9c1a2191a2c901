package dev.esteira.statistics;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Bootstrap intervals of metrics. A round never copies rows: it draws how often each row counts and walks once over rows
 * that were sorted before all rounds. Every round draws from a stream of its own, so the bits of the result do not
 * depend on the number of threads.
 */
public final class Bootstrap {

    /** The most threads that one call uses. */
    @Limit(value = "Threads of one bootstrap.", unit = "threads")
    public static final int MAX_THREADS = 64;

    private Bootstrap() {}

    /**
     * An interval for each metric, in the order asked for; all metrics see the same draws.
     *
     * @param threads 1 to {@value #MAX_THREADS}; 1 is the caller's own, more are started and ended by this call
     * @throws EsteiraException METRIC_OF_OTHER_TASK when a metric does not belong to the predictions' task
     * @throws InterruptedException when the caller was interrupted; no round is under way then
     */
    public static SequencedMap<Metric, Interval> intervals(
            Predictions predictions, List<Metric> metrics, Resampling resampling, BootstrapPlan plan, int threads)
            throws InterruptedException {
        var prepared = Prepared.of(predictions, metrics);
        requireFit(predictions, resampling);
        return run(predictions.size(), metrics, plan, threads, (round, counts) -> {
            draw(predictions, resampling, plan, round, counts);
            return numbers(prepared, metrics, counts);
        });
    }

    /**
     * An interval for the difference of each metric between two models on the same rows: first minus second, both seen
     * through the same draws (paired bootstrap). Labels and weights are the first's.
     *
     * @throws EsteiraException METRIC_OF_OTHER_TASK when a metric does not belong to the predictions' task,
     *     PREDICTIONS_INVALID when the two are of other rows
     * @throws InterruptedException when the caller was interrupted; no round is under way then
     */
    public static SequencedMap<Metric, Interval> differences(
            PairedPredictions pair, List<Metric> metrics, Resampling resampling, BootstrapPlan plan, int threads)
            throws InterruptedException {
        var first = Prepared.of(pair.first(), metrics);
        var second = Prepared.of(pair.second(), metrics);
        requireFit(pair.first(), resampling);
        return run(pair.first().size(), metrics, plan, threads, (round, counts) -> {
            draw(pair.first(), resampling, plan, round, counts);
            var difference = numbers(first, metrics, counts);
            var subtrahend = numbers(second, metrics, counts);
            for (var i = 0; i < difference.length; i++) {
                difference[i] -= subtrahend[i];
            }
            return difference;
        });
    }

    private interface Round {
        /**
         * A number per metric, NaN when undefined.
         *
         * @param counts room for how often each row counts, whatever is in it
         */
        double[] play(int round, double[] counts);
    }

    private static SequencedMap<Metric, Interval> run(
            int rows, List<Metric> metrics, BootstrapPlan plan, int threads, Round round) throws InterruptedException {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("Threads go from 1 to " + MAX_THREADS + ", not " + threads);
        }
        var results = new double[plan.rounds()][];
        if (threads == 1) {
            play(round, results, new double[rows], 0, 1);
        } else {
            playTogether(rows, threads, round, results);
        }
        var intervals = new LinkedHashMap<Metric, Interval>();
        for (var i = 0; i < metrics.size(); i++) {
            var place = i;
            var values = Arrays.stream(results).mapToDouble(result -> result[place]);
            intervals.put(metrics.get(i), interval(values.toArray(), plan));
        }
        return intervals;
    }

    private static void playTogether(int rows, int threads, Round round, double[][] results)
            throws InterruptedException {
        var parts = new ArrayList<Callable<Boolean>>();
        for (var number = 0; number < threads; number++) {
            var part = number;
            parts.add(() -> {
                play(round, results, new double[rows], part, threads);
                return true;
            });
        }
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (var part : executor.invokeAll(parts)) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A round failed, which none should", e);
        }
    }

    private static void play(Round round, double[][] results, double[] counts, int start, int step)
            throws InterruptedException {
        for (var number = start; number < results.length; number += step) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The bootstrap is to end");
            }
            results[number] = round.play(number, counts);
        }
    }

    private static void requireFit(Predictions predictions, Resampling resampling) {
        if (!resampling.fits(predictions.size())) {
            throw new IllegalArgumentException("The clusters are not of these " + predictions.size() + " rows");
        }
    }

    private static void draw(
            Predictions predictions, Resampling resampling, BootstrapPlan plan, int round, double[] counts) {
        resampling.draw(new SeededDraws(plan.seed(), round), counts);
        predictions.applyWeights(counts);
    }

    private static double[] numbers(Prepared prepared, List<Metric> metrics, double[] counts) {
        var tally = prepared.tally(counts);
        return metrics.stream()
                .mapToDouble(metric -> tally.value(metric).number().orElse(Double.NaN))
                .toArray();
    }

    private static Interval interval(double[] values, BootstrapPlan plan) {
        var defined = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        var undefinedRounds = values.length - defined.length;
        if (defined.length < undefinedRounds || defined.length == 0) {
            var reason = new MetricValue.Undefined("too few rounds with a value");
            return new Interval(reason, reason, plan, undefinedRounds);
        }
        var tail = (1 - plan.level()) / 2;
        return new Interval(
                MetricValue.of(Quantiles.ofSorted(defined, tail)),
                MetricValue.of(Quantiles.ofSorted(defined, 1 - tail)),
                plan,
                undefinedRounds);
    }
}
