package dev.esteira.statistics;

import dev.esteira.document.Json;
import dev.esteira.document.JsonLimits;
import dev.esteira.kernel.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What other libraries say, written by {@code src/test/golden/make_golden.py}. */
final class Golden {

    private static final Value.Fields ALL = read();

    private Golden() {}

    static Value.Fields part(String name) {
        return ALL.fields(name);
    }

    static List<Value.Fields> cases(String name) {
        return ALL.items(name).stream()
                .map(item -> item.asFields().orElseThrow())
                .toList();
    }

    static double[] numbers(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .mapToDouble(item -> item.asNumber().orElseThrow())
                .toArray();
    }

    static List<String> texts(Value.Fields fields, String name) {
        return fields.items(name).stream()
                .map(item -> item.asText().orElseThrow())
                .toList();
    }

    static double number(Value.Fields fields, String name) {
        return fields.number(name).orElseThrow();
    }

    private static Value.Fields read() {
        try (var stream = Golden.class.getResourceAsStream("golden.json")) {
            return Json.parse(stream.readAllBytes(), JsonLimits.DEFAULT)
                    .asFields()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
