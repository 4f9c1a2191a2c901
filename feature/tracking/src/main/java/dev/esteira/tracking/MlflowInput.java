package dev.esteira.tracking;

import dev.esteira.document.Json;
import dev.esteira.http.Method;
import dev.esteira.http.PageToken;
import dev.esteira.http.Request;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a caller of MLflow's protocol sent: query parameters or a JSON body, read as leniently as MLflow does. Numbers may
 * be texts and the reverse, unknown fields are ignored. A text with a NUL character is refused wherever it stands, since not
 * every database can keep or compare it. Used by one thread.
 */
public final class MlflowInput {

    @Limit(value = "How far pages of MLflow's searches reach.", unit = "items")
    private static final int TOKEN_OFFSET_MAX = 100_000_000;

    private final Function<String, Optional<Value>> source;
    private final Function<String, String> parameters;

    private MlflowInput(Function<String, Optional<Value>> source, Function<String, String> parameters) {
        this.source = source;
        this.parameters = parameters;
    }

    /** The input of a request. A GET without a body has its query, everything else its body. */
    static MlflowInput of(Request request) throws IOException {
        if (request.method() == Method.GET && request.contentLength().orElse(0) == 0) {
            return new MlflowInput(name -> queried(request, name), request::parameter);
        }
        var body = body(request);
        return new MlflowInput(name -> body.field(name).or(() -> queried(request, name)), request::parameter);
    }

    /** Old clients send a JSON text that holds the JSON. */
    private static Value.Fields body(Request request) throws IOException {
        if (request.bytes().length == 0) {
            return Value.Fields.EMPTY;
        }
        var value = request.json();
        var inner = value.asText().isPresent() ? Json.parse(value.asText().get()) : value;
        return inner.asFields()
                .orElseThrow(() -> TrackingRules.invalid("The body is " + inner.kindName() + ", not a JSON map."));
    }

    private static Optional<Value> queried(Request request, String name) {
        var values = request.queryAll(name);
        return switch (values.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Value.of(values.getFirst()));
            default -> Optional.of(Value.ofTexts(values));
        };
    }

    private static MlflowInput of(Value.Fields fields) {
        return new MlflowInput(fields::field, name -> "");
    }

    /** The workspace: MLflow's protocol knows one. */
    public WorkspaceName workspace() {
        return WorkspaceName.DEFAULT;
    }

    /** What stands for a parameter in the path. */
    public String parameter(String name) {
        return TrackingRules.text("parameter", name, parameters.apply(name));
    }

    /** A text, empty when it is missing. */
    public Optional<String> text(String name) {
        return source.apply(name).map(value -> asText(name, value));
    }

    private static String asText(String name, Value value) {
        return switch (value) {
            case Value.Text(var text) -> TrackingRules.text("parameter", name, text);
            case Value.Whole(var whole) -> Long.toString(whole);
            case Value.Real real -> Json.text(real);
            case Value.Flag(var flag) -> Boolean.toString(flag);
            case Value.Nothing nothing -> "";
            case Value.Sequence sequence -> throw wrong(name, value, "a text");
            case Value.Fields fields -> throw wrong(name, value, "a text");
        };
    }

    /** A text that is there and not empty. */
    public String requiredText(String name) {
        return text(name).filter(text -> !text.isEmpty()).orElseThrow(() -> missing(name));
    }

    /** A text that is there, possibly empty. */
    public String presentText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** A whole number, empty when it is missing. */
    public Optional<Long> whole(String name) {
        return source.apply(name).map(value -> {
            var text = value.asText();
            try {
                return text.isPresent()
                        ? Long.valueOf(text.get().strip())
                        : value.asWhole().orElseThrow();
            } catch (IllegalArgumentException | NoSuchElementException e) {
                throw wrong(name, value, "a whole number");
            }
        });
    }

    /** A number, also NaN and infinities as texts, empty when it is missing. */
    public Optional<Double> number(String name) {
        return source.apply(name).map(value -> switch (value) {
            case Value.Text(var text) -> parsed(name, text);
            case Value.Flag(var flag) -> flag ? 1.0 : 0.0;
            default -> value.asNumber().orElseThrow(() -> wrong(name, value, "a number"));
        });
    }

    private static double parsed(String name, String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(name, Value.of(text), "a number");
        }
    }

    /** True or false, empty when it is missing. */
    public Optional<Boolean> flag(String name) {
        return text(name).map(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, Value.of(text), "true or false");
        });
    }

    /** A list of texts; one alone counts as a list. */
    public List<String> texts(String name) {
        return source.apply(name)
                .map(value -> value instanceof Value.Sequence(var items)
                        ? items.stream().map(item -> asText(name, item)).toList()
                        : List.of(asText(name, value)))
                .orElse(List.of());
    }

    /** Fields inside, none when they are missing. */
    public MlflowInput inner(String name) {
        return of(source.apply(name).flatMap(Value::asFields).orElse(Value.Fields.EMPTY));
    }

    /** A list of fields. */
    public List<MlflowInput> list(String name) {
        var value = source.apply(name);
        if (value.isPresent() && !(value.get() instanceof Value.Sequence)) {
            throw wrong(name, value.get(), "a list");
        }
        return value.map(Value::items).orElse(List.of()).stream()
                .map(item -> of(item.asFields().orElseThrow(() -> wrong(name, item, "a list of maps"))))
                .toList();
    }

    /** A list of keys and values. */
    public List<Tag> tags(String name) {
        return list(name).stream()
                .map(item ->
                        new Tag(item.requiredText("key"), item.text("value").orElse("")))
                .toList();
    }

    /** The run that is meant, under its name of today or of old. */
    public String runId() {
        var given = text("run_id")
                .filter(text -> !text.isEmpty())
                .orElseGet(
                        () -> text("run_uuid").filter(text -> !text.isEmpty()).orElseThrow(() -> missing("run_id")));
        return TrackingRules.runId(given);
    }

    /** The id of an experiment. */
    public long experimentId() {
        return experimentId(requiredText("experiment_id"));
    }

    /** An id of an experiment; what is no number names none. */
    static long experimentId(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw TrackingRules.missing("There is no experiment with the id '" + text + "'.");
        }
        return Long.parseLong(text);
    }

    /** A moment in milliseconds, empty when it is missing. */
    public Optional<Instant> millis(String name) {
        return whole(name).map(Instant::ofEpochMilli);
    }

    /** The most items of a page. */
    public int limit(int standard, int most) {
        var asked = whole("max_results").orElse((long) standard);
        if (asked < 1 || asked > most) {
            throw TrackingRules.invalid(
                    "Invalid value " + asked + " for parameter 'max_results': it must be from 1 to " + most + ".");
        }
        return asked.intValue();
    }

    /** How many items the pages before had. */
    public long offset(String list) {
        var token = text("page_token").filter(text -> !text.isEmpty());
        if (token.isEmpty()) {
            return 0;
        }
        return PageToken.decode(list, token.get())
                .whole("offset")
                .filter(offset -> offset >= 0 && offset <= TOKEN_OFFSET_MAX)
                .orElseThrow(() -> TrackingRules.invalid("The page token was not given out by this list."));
    }

    /** The token of the page after some items, empty at the end. */
    public static Optional<String> nextToken(String list, long offset, boolean more) {
        if (!more) {
            return Optional.empty();
        }
        var position = new LinkedHashMap<String, Value>();
        position.put("offset", Value.of(offset));
        return Optional.of(PageToken.encode(list, Value.ofFields(position)));
    }

    /** A search with this input's filter, order and page, and one item more than the page to see whether there are more. */
    public Search search(String list, Optional<Lifecycle> view, int limit) {
        return new Search(
                SearchFilter.parse(
                        text("filter").or(() -> text("filter_string")).orElse("")),
                SearchOrder.parse(texts("order_by")),
                view,
                limit + 1,
                offset(list));
    }

    /** Which things a search shows. */
    public Optional<Lifecycle> view(String name) {
        return switch (text(name).orElse("ACTIVE_ONLY")) {
            case "ACTIVE_ONLY", "1" -> Optional.of(Lifecycle.ACTIVE);
            case "DELETED_ONLY", "2" -> Optional.of(Lifecycle.DELETED);
            case "ALL", "3" -> Optional.empty();
            default -> throw wrong(name, Value.of(text(name).orElse("")), "ACTIVE_ONLY, DELETED_ONLY or ALL");
        };
    }

    private static EsteiraException missing(String name) {
        return TrackingRules.invalid("Missing value for required parameter '" + name + "'.");
    }

    private static EsteiraException wrong(String name, Value value, String wanted) {
        var shown = value instanceof Value.Text(var text) ? "'" + TrackingRules.cut(text, 100) + "'" : value.kindName();
        return TrackingRules.invalid(
                "Invalid value " + shown + " for parameter '" + name + "': it must be " + wanted + ".");
    }
}
