package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import dev.esteira.client.Submission;
import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A pipeline of a few steps over local files, so that looking at them goes the way that all data goes. */
final class LocalData {

    private static final String CONTRACT = "contract.yaml";
    private static final List<String> FORMS = List.of("parquet", "csv");

    private final List<BundleFile> files = new ArrayList<>();
    private final SequencedMap<String, Value> steps = new LinkedHashMap<>();

    private LocalData() {}

    static Submission profile(Path data) {
        var made = new LocalData();
        made.ingest("data", data);
        return made.submission("data-profile");
    }

    /** @param references data that the contract's checks look things up in, by the name that they use */
    static Submission check(Path data, Path contract, SequencedMap<String, Path> references) {
        var made = new LocalData();
        made.ingest("data", data);
        var check = fields("kind", Value.of("validate")).with("inputs", fields("data", output("data")));
        if (!references.isEmpty()) {
            var named = new LinkedHashMap<String, Value>();
            references.forEach((name, file) -> {
                made.ingest("reference-" + name, file);
                named.put(name, output("reference-" + name));
            });
            check = check.with("references", Value.ofFields(named));
        }
        made.files.add(sent(CONTRACT, contract));
        made.steps.put("check", check.with("contract", Value.of(CONTRACT)));
        return made.submission("data-check");
    }

    private void ingest(String step, Path file) {
        var form = form(file);
        var path = step + "." + form;
        files.add(sent(path, file));
        steps.put(
                step, fields("kind", Value.of("ingest")).with("source", fields(form, fields("path", Value.of(path)))));
    }

    private static Value output(String step) {
        return Value.of("${{ steps." + step + ".outputs.data }}");
    }

    private static BundleFile sent(String path, Path file) {
        var read = BundleFile.read(Path.of(""), file.toString());
        return new BundleFile(path, read.local(), read.digest(), read.size());
    }

    /** JSON is YAML, so nothing in it needs other quoting. */
    private Submission submission(String name) {
        var text = Json.pretty(fields("apiVersion", Value.of("esteira.dev/v1"))
                .with("kind", Value.of("Pipeline"))
                .with("metadata", fields("name", Value.of(name)))
                .with("spec", fields("steps", Value.ofFields(steps))));
        return new Submission(name + ".yaml", text, files, Value.Fields.EMPTY, Value.Fields.EMPTY);
    }

    private static String form(Path file) {
        for (var form : FORMS) {
            if (file.toString().endsWith("." + form)) {
                return form;
            }
        }
        throw Command.malformed("'" + file + "' is neither a .parquet nor a .csv file.", "Convert it to one of these.");
    }

    private static Value.Fields fields(String name, Value value) {
        return Value.ofFields(Map.of(name, value));
    }
}
