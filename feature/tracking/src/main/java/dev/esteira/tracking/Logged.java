package dev.esteira.tracking;

import java.util.List;

/** Metrics, params and tags that are logged together: all of them or none. */
public record Logged(List<Metric> metrics, List<Param> params, List<Tag> tags) {

    public Logged {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        tags = List.copyOf(tags);
    }

    /** Metrics alone. */
    public static Logged metrics(List<Metric> metrics) {
        return new Logged(metrics, List.of(), List.of());
    }

    /** Params alone. */
    public static Logged params(List<Param> params) {
        return new Logged(List.of(), params, List.of());
    }

    /** Tags alone. */
    public static Logged tags(List<Tag> tags) {
        return new Logged(List.of(), List.of(), tags);
    }
}
