package dev.esteira.http;

import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The description of the API, generated from the routes themselves, so that the two cannot differ. */
public final class OpenApi {

    private static final Value TEXT_SCHEMA = map(Map.of("type", Value.of("string")));

    private OpenApi() {}

    static Routes routes(List<Routes> described) {
        var all = new ArrayList<>(described);
        var route = Route.get("/openapi.json", request -> Response.json(document(all)))
                .access(Access.OPEN)
                .describedAs("Describes this API.");
        all.add(Routes.of("operations", route));
        return Routes.of("operations", route);
    }

    /** The OpenAPI 3.1 document of some routes, sorted by address. */
    public static Value.Fields document(List<Routes> described) {
        var paths = new TreeMap<String, Map<String, Value>>();
        for (var feature : described) {
            for (var route : feature.routes()) {
                paths.computeIfAbsent(route.path().replace("*}", "}"), ignored -> new TreeMap<>())
                        .put(route.method().name().toLowerCase(Locale.ROOT), operation(feature.tag(), route));
            }
        }
        var operations = new LinkedHashMap<String, Value>();
        paths.forEach((path, methods) -> operations.put(path, map(methods)));
        var document = new LinkedHashMap<String, Value>();
        document.put("openapi", Value.of("3.1.0"));
        document.put("info", map(ordered("title", Value.of("Esteira"), "version", Value.of("v1"))));
        document.put("paths", map(operations));
        document.put("components", map(Map.of("schemas", map(Map.of("Problem", problem())))));
        return Value.ofFields(document);
    }

    private static Value operation(String tag, Route route) {
        var operation = new LinkedHashMap<String, Value>();
        operation.put("tags", Value.ofTexts(List.of(tag)));
        operation.put("summary", Value.of(route.summary()));
        operation.put("x-access", Value.of(route.access().map(Access::name).orElse("")));
        var parameters = PathTemplate.parameters(route.path()).stream()
                .map(OpenApi::parameter)
                .toList();
        if (!parameters.isEmpty()) {
            operation.put("parameters", new Value.Sequence(parameters));
        }
        var failure = map(Map.of("schema", map(Map.of("$ref", Value.of("#/components/schemas/Problem")))));
        operation.put(
                "responses",
                map(ordered(
                        "2XX",
                        map(Map.of("description", Value.of("Done."))),
                        "default",
                        map(ordered(
                                "description",
                                Value.of("Not done; the code says why."),
                                "content",
                                map(Map.of(Problem.MEDIA_TYPE, failure)))))));
        return map(operation);
    }

    private static Value parameter(String name) {
        var parameter = new LinkedHashMap<String, Value>();
        parameter.put("name", Value.of(name));
        parameter.put("in", Value.of("path"));
        parameter.put("required", Value.of(true));
        parameter.put("schema", TEXT_SCHEMA);
        return map(parameter);
    }

    private static Value problem() {
        var properties = new LinkedHashMap<String, Value>();
        for (var name : List.of("type", "title", "code", "detail", "remedy", "owner", "instance")) {
            properties.put(name, TEXT_SCHEMA);
        }
        properties.put("status", map(Map.of("type", Value.of("integer"))));
        return map(ordered("type", Value.of("object"), "properties", map(properties)));
    }

    private static Map<String, Value> ordered(String first, Value one, String second, Value two) {
        var fields = new LinkedHashMap<String, Value>();
        fields.put(first, one);
        fields.put(second, two);
        return fields;
    }

    private static Value map(Map<String, Value> entries) {
        return Value.ofFields(entries);
    }
}
