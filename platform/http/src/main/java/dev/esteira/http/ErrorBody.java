package dev.esteira.http;

/** How the errors of one surface look, e.g. problem+json or MLflow's two fields. Thread-safe. */
@FunctionalInterface
public interface ErrorBody {

    /** The answer to a request that failed. */
    Response render(Problem problem);
}
