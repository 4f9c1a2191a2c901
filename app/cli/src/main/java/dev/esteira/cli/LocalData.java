package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import dev.esteira.client.Submission;
import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline of one or two steps over a local file, so that looking at it goes the way that all data goes. */
final class LocalData {

    private static final String CONTRACT = "contract.yaml";

    private final Path data;

    LocalData(Path data) {
        this.data = data;
    }

    Submission profile() {
        return submission("data-profile", Optional.empty());
    }

    Submission check(Path contract) {
        return submission("data-check", Optional.of(contract));
    }

    private Submission submission(String name, Optional<Path> contract) {
        var files = new ArrayList<BundleFile>();
        files.add(sent("data." + form(), data));
        contract.ifPresent(file -> files.add(sent(CONTRACT, file)));
        return new Submission(name + ".yaml", text(name, contract), files, Value.Fields.EMPTY, Value.Fields.EMPTY);
    }

    private static BundleFile sent(String path, Path file) {
        var absolute = file.toAbsolutePath();
        var read = BundleFile.read(absolute.resolveSibling(""), absolute.toString());
        return new BundleFile(path, read.local(), read.digest(), read.size());
    }

    /** JSON is YAML, so nothing in it needs other quoting. */
    private String text(String name, Optional<Path> contract) {
        var source = fields(form(), fields("path", Value.of("data." + form())));
        var steps = fields("ingest", fields("kind", Value.of("ingest")).with("source", source));
        if (contract.isPresent()) {
            steps = steps.with(
                    "check",
                    fields("kind", Value.of("validate"))
                            .with("inputs", fields("data", Value.of("${{ steps.ingest.outputs.data }}")))
                            .with("contract", Value.of(CONTRACT)));
        }
        return Json.pretty(fields("apiVersion", Value.of("esteira.dev/v1"))
                .with("kind", Value.of("Pipeline"))
                .with("metadata", fields("name", Value.of(name)))
                .with("spec", fields("steps", steps)));
    }

    private String form() {
        var name = data.toString();
        for (var form : List.of("parquet", "csv")) {
            if (name.endsWith("." + form)) {
                return form;
            }
        }
        throw Command.malformed("'" + data + "' is neither a .parquet nor a .csv file.", "Convert it to one of these.");
    }

    private static Value.Fields fields(String name, Value value) {
        return Value.ofFields(Map.of(name, value));
    }
}
