package dev.esteira.tracking;

import dev.esteira.http.Access;
import dev.esteira.http.Method;
import dev.esteira.http.Request;
import dev.esteira.http.Response;
import dev.esteira.http.Route;
import dev.esteira.http.Routes;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.List;

/** Builds routes of MLflow's protocol: each under the prefix of its clients and of its pages. */
public final class MlflowRoutes {

    /** Where the protocol's addresses start. */
    static final List<String> PREFIXES = List.of("/api/2.0/", "/ajax-api/2.0/", "/api/3.0/", "/ajax-api/3.0/");

    private static final List<String> ROOTS = List.of("/api/2.0/mlflow", "/ajax-api/2.0/mlflow");

    private MlflowRoutes() {}

    /** Answers a call of the protocol. */
    @FunctionalInterface
    public interface Call {

        /** The fields of the answer. */
        Value.Fields answer(MlflowInput input) throws Exception;
    }

    /** Routes that only read. */
    public static List<Route> read(Method method, String path, String sentence, Call call) {
        return both(method, path, Access.READ, sentence, call);
    }

    /** Routes that change something. */
    public static List<Route> write(Method method, String path, String sentence, Call call) {
        return both(method, path, Access.WRITE, sentence, call);
    }

    private static List<Route> both(Method method, String path, Access access, String sentence, Call call) {
        return ROOTS.stream()
                .map(root -> Route.of(method, root + path, request -> answer(request, call))
                        .access(access)
                        .describedAs(sentence))
                .toList();
    }

    private static Response answer(Request request, Call call) throws Exception {
        return Response.json(call.answer(MlflowInput.of(request)));
    }

    /** Everything under one tag. */
    public static Routes of(String tag, List<List<Route>> parts) {
        var all = new ArrayList<Route>();
        parts.forEach(all::addAll);
        return new Routes(tag, all);
    }
}
