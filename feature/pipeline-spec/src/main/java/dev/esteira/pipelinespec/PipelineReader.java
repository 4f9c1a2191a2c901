package dev.esteira.pipelinespec;

import dev.esteira.document.Document;
import dev.esteira.document.DocumentErrorCode;
import dev.esteira.document.Pointers;
import dev.esteira.document.Reading;
import dev.esteira.document.ShapeCheck;
import dev.esteira.document.Yaml;
import dev.esteira.kernel.Value;
import dev.esteira.spi.StepKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads pipeline files and checks them against the known kinds of steps. Thread-safe. */
public final class PipelineReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private final Map<String, StepKind> kinds;

    /** @param kinds all that files may name, each name once */
    public PipelineReader(Collection<? extends StepKind> kinds) {
        var byName = new TreeMap<String, StepKind>();
        for (var kind : kinds) {
            if (byName.put(kind.name(), kind) != null) {
                throw new IllegalArgumentException("Two kinds of step are called '" + kind.name() + "'");
            }
        }
        this.kinds = byName;
    }

    /**
     * Reads a file of which nothing else is at hand: finds what is wrong already, and the files that it names.
     *
     * @param fileName as the person names it
     * @param given values of parameters as far as they are known; texts are read by the declared type
     */
    public PipelineOutline outline(String fileName, String text, Value.Fields given) {
        return switch (Yaml.read(fileName, text)) {
            case Reading.Unreadable(var problems) -> new PipelineOutline(problems, new TreeSet<>());
            case Reading.Read(var document) -> {
                var pass = new Pass(document, given, Stage.OUTLINE, path -> Optional.empty());
                pass.run();
                yield new PipelineOutline(pass.problems.sorted(), pass.files());
            }
        };
    }

    /**
     * Checks a file whole: form, names, types, parameters, the order of steps, and what each kind has to say.
     *
     * @param fileName as the person names it; places in other files are named beside it
     * @param given values of parameters by name; texts are read by the declared type
     * @param files what came along with the file
     */
    public PipelineCheck check(String fileName, String text, Value.Fields given, BundleFiles files) {
        return switch (Yaml.read(fileName, text)) {
            case Reading.Unreadable(var problems) -> new PipelineCheck.Invalid(problems);
            case Reading.Read(var document) -> {
                var pass = new Pass(document, given, Stage.CHECK, files);
                var pipeline = pass.run();
                yield pipeline.<PipelineCheck>map(PipelineCheck.Valid::new)
                        .orElseGet(() -> new PipelineCheck.Invalid(pass.problems.sorted()));
            }
        };
    }

    /** One reading of one file. */
    private final class Pass {

        private final Document document;
        private final Value.Fields given;
        private final Stage stage;
        private final BundleFiles bundle;
        private final Problems problems;
        private final List<StepDraft> drafts = new ArrayList<>();

        Pass(Document document, Value.Fields given, Stage stage, BundleFiles bundle) {
            this.document = document;
            this.given = given;
            this.stage = stage;
            this.bundle = bundle;
            this.problems = new Problems(document);
        }

        SortedSet<String> files() {
            var files = new TreeSet<String>();
            drafts.forEach(draft -> files.addAll(draft.files().values()));
            return files;
        }

        /** The pipeline, empty when there are problems. */
        Optional<CheckedPipeline> run() {
            ShapeCheck.problems(document.value(), PipelineShape.FILE).forEach(problems::add);
            var file = document.value().asFields().orElse(Value.Fields.EMPTY);
            var metadata = metadata(file.fields("metadata"));
            var spec = file.fields("spec");
            var params = Params.read(spec.fields("params"), given, stage, problems);
            readSteps(spec, metadata.name(), params);
            var graph = new Graph(drafts);
            graph.reportCircles(problems);
            if (stage == Stage.CHECK) {
                drafts.forEach(this::requireFiles);
            }
            var steps = new KindChecks(graph, document.file(), bundle, problems).run();
            return problems.none()
                    ? Optional.of(new CheckedPipeline(
                            metadata,
                            params.declared(),
                            params.values(),
                            reproducibility(spec.fields("reproducibility")),
                            steps,
                            file))
                    : Optional.empty();
        }

        private void readSteps(Value.Fields spec, String name, Params params) {
            var steps = spec.fields("steps").entries();
            if (steps.size() > PipelineShape.MAX_STEPS) {
                problems.value(
                        StepReader.POINTER,
                        DocumentErrorCode.DOCUMENT_TOO_LARGE,
                        "There are " + steps.size() + " steps; " + PipelineShape.MAX_STEPS + " are allowed.",
                        "Split the pipeline.");
                return;
            }
            if (steps.isEmpty() && spec.field("steps").isPresent()) {
                problems.value(
                        StepReader.POINTER,
                        DocumentErrorCode.MISSING_FIELD,
                        "The pipeline has no step.",
                        "Write at least one, such as rows: {kind: …}.");
            }
            var reader = new StepReader(kinds, steps.keySet(), name, params, spec.fields("defaults"), problems);
            steps.forEach((step, value) -> drafts.add(reader.read(step, value)));
        }

        private Metadata metadata(Value.Fields fields) {
            var name = fields.text("name").orElse("");
            if (!name.isEmpty() && !NAME.matcher(name).matches()) {
                problems.value(
                        "/metadata/name",
                        PipelineSpecErrorCode.STEP_NAME_MALFORMED,
                        "The text '" + name + "' is no name of a pipeline.",
                        "Use up to 128 letters, digits, dots, dashes and underscores.");
            }
            var labels = new LinkedHashMap<String, String>();
            fields.fields("labels")
                    .entries()
                    .forEach((label, value) -> value.asText().ifPresent(text -> labels.put(label, text)));
            return new Metadata(name, fields.text("description"), fields.text("owner"), labels);
        }

        private static Reproducibility reproducibility(Value.Fields fields) {
            var seed = fields.whole("seed");
            return fields.text("level").equals(Optional.of("none"))
                    ? new Reproducibility(Reproducibility.Level.NONE, seed)
                    : new Reproducibility(Reproducibility.Level.SEEDED, Optional.of(seed.orElse(0L)));
        }

        private void requireFiles(StepDraft draft) {
            draft.files().forEach((pointer, path) -> {
                if (bundle.file(path).isEmpty()) {
                    problems.value(
                            Pointers.child(StepReader.POINTER, draft.name()) + pointer,
                            PipelineSpecErrorCode.FILE_NOT_IN_BUNDLE,
                            "There is no file '" + path + "' beside the pipeline file.",
                            "Check the path; it counts from the folder of the pipeline file.");
                }
            });
        }
    }
}
