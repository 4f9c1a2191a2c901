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
import java.util.regex.Pattern;

/** A pipeline of a few steps over local files, so that looking at them goes the way that all data goes. */
final class LocalData {

    private static final List<String> FORMS = List.of("parquet", "csv");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final String ENDING = ".yaml";
    private static final String PROFILE = "data-profile";
    private static final String CHECK = "data-check";

    private final List<BundleFile> files = new ArrayList<>();
    private final SequencedMap<String, Value> steps = new LinkedHashMap<>();

    private LocalData() {}

    static Submission profile(Path data) {
        var made = new LocalData();
        made.ingest("data", data);
        return made.submission(PROFILE);
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
        var sent = made.sent(contract, "contract.yaml");
        made.steps.put("check", check.with("contract", Value.of(sent)));
        return made.submission(CHECK);
    }

    private void ingest(String step, Path file) {
        var form = form(file);
        var path = sent(file, step + "." + form);
        steps.put(
                step, fields("kind", Value.of("ingest")).with("source", fields(form, fields("path", Value.of(path)))));
    }

    private static Value output(String step) {
        return Value.of("${{ steps." + step + ".outputs.data }}");
    }

    /** Adds a file under its own name, so that messages name what people know; under another where that will not do. */
    private String sent(Path file, String otherwise) {
        var read = BundleFile.read(Path.of(""), file.toString());
        var name = file.getFileName().toString();
        var free = files.stream().noneMatch(other -> other.path().equals(name));
        var path = free && NAME.matcher(name).matches() ? name : otherwise;
        files.add(new BundleFile(path, read.local(), read.digest(), read.size()));
        return path;
    }

    /** Whether a file that messages name is a pipeline written here, whose lines mean nothing to anybody. */
    static boolean wrote(String fileName) {
        return fileName.equals(PROFILE + ENDING) || fileName.equals(CHECK + ENDING);
    }

    /** JSON is YAML, so nothing in it needs other quoting. */
    private Submission submission(String name) {
        var text = Json.pretty(fields("apiVersion", Value.of("esteira.dev/v1"))
                .with("kind", Value.of("Pipeline"))
                .with("metadata", fields("name", Value.of(name)))
                .with("spec", fields("steps", Value.ofFields(steps))));
        return new Submission(name + ENDING, text, files, Value.Fields.EMPTY, Value.Fields.EMPTY);
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
