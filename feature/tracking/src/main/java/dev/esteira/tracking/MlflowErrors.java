package dev.esteira.tracking;

import dev.esteira.http.ErrorSurface;
import dev.esteira.http.Problem;
import dev.esteira.http.Response;
import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** Errors as MLflow's clients read them: {@code {"error_code": …, "message": …}}. */
final class MlflowErrors {

    private static final Set<String> KNOWN = Set.of(
            "INVALID_PARAMETER_VALUE",
            "RESOURCE_ALREADY_EXISTS",
            "RESOURCE_DOES_NOT_EXIST",
            "INVALID_STATE",
            "NOT_IMPLEMENTED",
            "UNAUTHENTICATED",
            "INTERNAL_ERROR");

    private MlflowErrors() {}

    static List<ErrorSurface> surfaces() {
        return MlflowRoutes.PREFIXES.stream()
                .map(prefix -> new ErrorSurface(prefix, MlflowErrors::render))
                .toList();
    }

    static Response render(Problem problem) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put("error_code", Value.of(code(problem)));
        fields.put(
                "message",
                Value.of(problem.detail()
                        + problem.remedy().map(remedy -> " " + remedy).orElse("")));
        var response = Response.json(status(problem), Value.ofFields(fields));
        return response.status() == 401 ? response.withHeader("WWW-Authenticate", "Basic realm=\"esteira\"") : response;
    }

    /** A wrong media type is a malformed request in MLflow's eyes; a full disk is no reason to try again. */
    private static int status(Problem problem) {
        return problem.code().status() == 415 ? 400 : problem.code().status();
    }

    private static String code(Problem problem) {
        if (KNOWN.contains(problem.code().name())) {
            return problem.code().name();
        }
        return switch (problem.code().status()) {
            case 400, 413, 415, 422 -> "INVALID_PARAMETER_VALUE";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 ->
                problem.code().name().equals("UNKNOWN_ADDRESS") ? "ENDPOINT_NOT_FOUND" : "RESOURCE_DOES_NOT_EXIST";
            case 405 -> "ENDPOINT_NOT_FOUND";
            case 409, 412 -> "RESOURCE_CONFLICT";
            case 429 -> "REQUEST_LIMIT_EXCEEDED";
            case 503 -> "TEMPORARILY_UNAVAILABLE";
            case 507 -> "RESOURCE_EXHAUSTED";
            default -> "INTERNAL_ERROR";
        };
    }
}
