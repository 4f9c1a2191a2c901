package dev.esteira.training;

import java.util.List;
import java.util.Set;

/** The parameter names of XGBoost 3, since the library ignores one that it does not know. */
final class XgboostParameters {

    /** Names that a file may use under {@code trainer.params}. */
    static final Set<String> KNOWN = Set.of(
            "booster",
            "objective",
            "eval_metric",
            "base_score",
            "eta",
            "learning_rate",
            "gamma",
            "min_split_loss",
            "max_depth",
            "min_child_weight",
            "max_delta_step",
            "subsample",
            "sampling_method",
            "colsample_bytree",
            "colsample_bylevel",
            "colsample_bynode",
            "lambda",
            "reg_lambda",
            "alpha",
            "reg_alpha",
            "tree_method",
            "scale_pos_weight",
            "grow_policy",
            "max_leaves",
            "max_bin",
            "num_parallel_tree",
            "monotone_constraints",
            "interaction_constraints",
            "multi_strategy",
            "max_cat_to_onehot",
            "max_cat_threshold",
            "process_type",
            "refresh_leaf",
            "updater",
            "sample_type",
            "normalize_type",
            "rate_drop",
            "one_drop",
            "skip_drop",
            "feature_selector",
            "top_k",
            "tweedie_variance_power",
            "huber_slope",
            "quantile_alpha",
            "aft_loss_distribution",
            "max_cached_hist_node");

    /** Names that the run decides. */
    static final Set<String> RESERVED =
            Set.of("seed", "random_state", "nthread", "n_jobs", "device", "seed_per_iteration", "verbosity");

    /** The library's metrics of a probability or a number, in its own order. */
    static final List<String> METRICS = List.of(
            "rmse",
            "rmsle",
            "mae",
            "mape",
            "mphe",
            "logloss",
            "error",
            "auc",
            "aucpr",
            "quantile",
            "poisson-nloglik",
            "gamma-nloglik",
            "gamma-deviance",
            "tweedie-nloglik");

    /** Metrics that take a number after an at sign, e.g. {@code error@0.7}. */
    private static final Set<String> WITH_NUMBER = Set.of("error", "tweedie-nloglik");

    /** Metrics of which more is better; of all others less is. */
    private static final Set<String> MAXIMISED = Set.of("auc", "aucpr");

    private XgboostParameters() {}

    /** Whether the library has a metric of that name. */
    static boolean isMetric(String metric) {
        var at = metric.indexOf('@');
        return at < 0
                ? METRICS.contains(metric)
                : WITH_NUMBER.contains(metric.substring(0, at))
                        && metric.substring(at + 1).matches("[0-9]+([.][0-9]+)?");
    }

    /** Whether more of the metric is better; a metric may carry a parameter after an at sign. */
    static boolean maximise(String metric) {
        return MAXIMISED.contains(metric.split("@", 2)[0]);
    }
}
