package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import dev.esteira.document.Position;
import dev.esteira.document.Suggestion;
import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Lets each kind check its steps, with what is known of their inputs. Used by one thread. */
final class KindChecks {

    private final Graph graph;
    private final String fileName;
    private final BundleFiles files;
    private final Problems problems;
    /** Of steps that their kind has seen. */
    private final Map<String, Map<String, Outline>> outputs = new HashMap<>();

    KindChecks(Graph graph, String fileName, BundleFiles files, Problems problems) {
        this.graph = graph;
        this.fileName = fileName;
        this.files = files;
        this.problems = problems;
    }

    /** Checks all steps in their order and gives those without problems. */
    List<CheckedStep> run() {
        var checked = new ArrayList<CheckedStep>();
        for (var draft : graph.ordered()) {
            var before = problems.count();
            var inputs = outlines(draft, "inputs", draft.links().inputs());
            var references = outlines(draft, "references", draft.links().references());
            if (inputs.isEmpty() || references.isEmpty() || !draft.sound() || problems.count() > before) {
                continue;
            }
            draft.kind().ifPresent(kind -> {
                var made = check(draft, kind, new Context(draft, inputs.get(), references.get()));
                if (problems.count() == before) {
                    checked.add(step(draft, kind, made));
                }
            });
        }
        return checked;
    }

    private Map<String, Outline> check(StepDraft draft, StepKind kind, Context context) {
        try {
            var made = kind.check(draft.spec(), context);
            outputs.put(draft.name(), made);
            return made;
        } catch (EsteiraException e) {
            context.problem("", e.code(), e.explanation(), e.remedy().orElse(""));
            return Map.of();
        }
    }

    private static CheckedStep step(StepDraft draft, StepKind kind, Map<String, Outline> made) {
        return new CheckedStep(
                draft.spec(),
                kind,
                draft.links(),
                draft.policy(),
                draft.condition(),
                draft.files(),
                new TreeMap<>(made));
    }

    /** The outlines of inputs; empty when a step before was not seen by its kind, for reasons already reported. */
    private Optional<Map<String, Outline>> outlines(
            StepDraft draft, String field, SequencedMap<String, OutputReference> links) {
        var outlines = new LinkedHashMap<String, Outline>();
        var complete = true;
        for (var link : links.entrySet()) {
            var reference = link.getValue();
            var known = outputs.get(reference.step());
            if (known == null) {
                complete = false;
                continue;
            }
            var outline = known.get(reference.output());
            if (outline == null) {
                unknownOutput(StepReader.linkPointer(draft.name(), field, link.getKey()), reference, known);
            } else {
                outlines.put(link.getKey(), outline);
            }
        }
        return complete ? Optional.of(outlines) : Optional.empty();
    }

    private void unknownOutput(String pointer, OutputReference reference, Map<String, Outline> known) {
        problems.value(
                pointer,
                PipelineSpecErrorCode.STEP_OUTPUT_UNKNOWN,
                "The step '" + reference.step() + "' has no output '" + reference.output() + "'.",
                Suggestion.of(
                        reference.output(), known.keySet().stream().sorted().toList(), "It has none."));
    }

    /** What one step's kind sees. */
    private final class Context implements CheckContext {

        private final StepDraft draft;
        private final Map<String, Outline> inputs;
        private final Map<String, Outline> references;

        Context(StepDraft draft, Map<String, Outline> inputs, Map<String, Outline> references) {
            this.draft = draft;
            this.inputs = inputs;
            this.references = references;
        }

        @Override
        public Map<String, Outline> inputs() {
            return inputs;
        }

        @Override
        public Map<String, Outline> references() {
            return references;
        }

        @Override
        public List<Origin> origins(String input) {
            var found = new LinkedHashSet<OutputReference>();
            var next = new ArrayDeque<OutputReference>();
            Optional.ofNullable(draft.links().inputs().get(input))
                    .or(() -> Optional.ofNullable(draft.links().references().get(input)))
                    .ifPresent(next::add);
            while (!next.isEmpty()) {
                var output = next.removeFirst();
                if (found.add(output)) {
                    next.addAll(sources(output));
                }
            }
            return found.stream().map(this::origin).toList();
        }

        private List<OutputReference> sources(OutputReference output) {
            var links = graph.step(output.step()).links().inputs();
            return Optional.ofNullable(links.get(output.output()))
                    .map(List::of)
                    .orElseGet(() -> List.copyOf(links.values()));
        }

        private Origin origin(OutputReference output) {
            var kind = graph.step(output.step()).kind().map(StepKind::name).orElse("");
            return new Origin(output.step(), kind, output.output());
        }

        @Override
        public Optional<Path> file(String path) {
            return files.file(path);
        }

        @Override
        public void problem(String pointer, ErrorCode code, String message, String remedy) {
            problems.value(Pointers.child(StepReader.POINTER, draft.name()) + pointer, code, message, remedy);
        }

        @Override
        public void problemIn(String path, int line, int column, ErrorCode code, String message, String remedy) {
            var folder = fileName.substring(0, fileName.lastIndexOf('/') + 1);
            problems.in(folder + path, new Position(line, column), code, message, remedy);
        }
    }
}
