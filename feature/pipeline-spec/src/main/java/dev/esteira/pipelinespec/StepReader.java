package dev.esteira.pipelinespec;

import dev.esteira.document.DocumentErrorCode;
import dev.esteira.document.Pointers;
import dev.esteira.document.Problem;
import dev.esteira.document.ShapeCheck;
import dev.esteira.document.Suggestion;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/** Reads the steps of one file, each by itself. Used by one thread. */
final class StepReader {

    static final String POINTER = "/spec/steps";

    private static final Set<String> LINKS = Set.of("kind", "inputs", "references", "dependsOn", "when");

    private final Map<String, StepKind> kinds;
    private final Collection<String> steps;
    private final String pipeline;
    private final Params params;
    private final PolicyReader policies;
    private final ConditionReader conditions;
    private final Problems problems;

    /** @param steps the names of all steps */
    StepReader(
            Map<String, StepKind> kinds,
            Collection<String> steps,
            String pipeline,
            Params params,
            Value.Fields defaults,
            Problems problems) {
        this.kinds = kinds;
        this.steps = steps;
        this.pipeline = pipeline;
        this.params = params;
        this.policies = new PolicyReader(defaults, problems);
        this.conditions = new ConditionReader(params, problems);
        this.problems = problems;
    }

    StepDraft read(String name, Value value) {
        var pointer = Pointers.child(POINTER, name);
        var before = problems.count();
        if (!PipelineShape.STEP_NAME.matcher(name).matches()) {
            problems.key(
                    pointer,
                    PipelineSpecErrorCode.STEP_NAME_MALFORMED,
                    "The step name '" + name + "' cannot be used in a reference.",
                    "Use up to 63 letters, digits, dashes and underscores, starting with a letter.");
        }
        if (!(value instanceof Value.Fields fields)) {
            problems.value(
                    pointer,
                    DocumentErrorCode.WRONG_TYPE,
                    "The step '" + name + "' is " + value.kindName() + ", not a map.",
                    "Write {kind: …} with its fields.");
            return broken(name);
        }
        var kind = kind(name, fields, pointer);
        return kind.isEmpty() ? broken(name, fields, pointer) : read(name, fields, kind.get(), pointer, before);
    }

    private StepDraft read(String name, Value.Fields raw, StepKind kind, String pointer, int before) {
        var shape = PipelineShape.step(kind);
        var conditionTexts = conditions.find(raw, shape, pointer);
        var interpolation = new Interpolation(
                params.values(),
                params.declared().stream().map(ParamSpec::name).toList(),
                pipeline,
                conditionTexts.keySet(),
                problems);
        var replaced = new LinkedHashMap<String, Value>();
        raw.entries()
                .forEach((field, value) -> replaced.put(
                        field,
                        LINKS.contains(field) ? value : interpolation.replace(value, Pointers.child(pointer, field))));
        var fields = new Value.Fields(replaced);
        for (var problem : ShapeCheck.problems(fields, shape)) {
            if (interpolation.complete() || !causedByReference(problem, raw)) {
                problems.add(problem.below(pointer));
            }
        }
        var links = links(name, raw, pointer);
        var condition = conditions.when(raw, kind, pointer);
        var used = conditions.params(conditionTexts);
        var files = ShapeCheck.files(fields, shape);
        var sound = problems.count() == before && interpolation.complete();
        var policy = sound ? policies.read(fields, kind, pointer) : PolicyReader.NONE;
        return new StepDraft(
                name,
                Optional.of(kind),
                links,
                policy,
                condition,
                own(fields, kind),
                used,
                files,
                sound && problems.count() == before);
    }

    /** A parameter without a value leaves holes, which are not the step's fault. */
    private static boolean causedByReference(Problem problem, Value.Fields raw) {
        return problem.code() == DocumentErrorCode.MISSING_FIELD
                || Pointers.find(raw, problem.pointer())
                        .flatMap(Value::asText)
                        .filter(Template::is)
                        .isPresent();
    }

    private static Value.Fields own(Value.Fields fields, StepKind kind) {
        var own = kind.shape().fields().stream().map(Shape.Field::name).toList();
        var kept = new LinkedHashMap<String, Value>();
        fields.entries().forEach((name, value) -> {
            if (own.contains(name) && !(value instanceof Value.Nothing)) {
                kept.put(name, value);
            }
        });
        return new Value.Fields(kept);
    }

    private Optional<StepKind> kind(String name, Value.Fields fields, String pointer) {
        var given = fields.text("kind");
        if (given.isEmpty()) {
            problems.key(
                    pointer,
                    PipelineSpecErrorCode.STEP_KIND_UNKNOWN,
                    "The step '" + name + "' has no kind.",
                    "Add 'kind:' with one of " + String.join(", ", kinds.keySet()) + ".");
            return Optional.empty();
        }
        var kind = Optional.ofNullable(kinds.get(given.get()));
        if (kind.isEmpty()) {
            problems.value(
                    Pointers.child(pointer, "kind"),
                    PipelineSpecErrorCode.STEP_KIND_UNKNOWN,
                    "There is no kind of step called '" + given.get() + "'.",
                    Suggestion.of(given.get(), kinds.keySet(), "Is a plugin missing?"));
        }
        return kind;
    }

    private StepDraft broken(String name, Value.Fields fields, String pointer) {
        var draft = broken(name);
        return new StepDraft(
                name,
                draft.kind(),
                links(name, fields, pointer),
                draft.policy(),
                draft.condition(),
                draft.fields(),
                draft.params(),
                draft.files(),
                false);
    }

    private static StepDraft broken(String name) {
        var none = new StepLinks(new LinkedHashMap<>(), new LinkedHashMap<>(), List.of());
        return new StepDraft(
                name,
                Optional.empty(),
                none,
                PolicyReader.NONE,
                Optional.empty(),
                Value.Fields.EMPTY,
                Value.Fields.EMPTY,
                new TreeMap<>(),
                false);
    }

    private StepLinks links(String step, Value.Fields fields, String pointer) {
        var depends = new LinkedHashMap<String, String>();
        var items = fields.items("dependsOn");
        for (var index = 0; index < items.size(); index++) {
            var at = Pointers.child(Pointers.child(pointer, "dependsOn"), index);
            items.get(index).asText().filter(name -> exists(step, name, at, 0)).ifPresent(name -> {
                if (depends.putIfAbsent(name, at) != null) {
                    problems.value(
                            at,
                            DocumentErrorCode.DUPLICATE_KEY,
                            "The step '" + name + "' stands twice in dependsOn.",
                            "Keep one of them.");
                }
            });
        }
        return new StepLinks(
                references(step, fields, pointer, "inputs"),
                references(step, fields, pointer, "references"),
                List.copyOf(depends.keySet()));
    }

    private SequencedMap<String, OutputReference> references(
            String step, Value.Fields fields, String pointer, String field) {
        var references = new LinkedHashMap<String, OutputReference>();
        fields.fields(field).entries().forEach((name, value) -> {
            var at = Pointers.child(Pointers.child(pointer, field), name);
            if (!PipelineShape.WORD.matcher(name).matches()) {
                problems.key(
                        at,
                        PipelineSpecErrorCode.STEP_NAME_MALFORMED,
                        "The name '" + name + "' cannot name an input.",
                        "Use up to 63 letters, digits and underscores, not starting with a digit.");
            }
            value.asText()
                    .flatMap(text -> reference(step, text, at))
                    .ifPresent(reference -> references.put(name, reference));
        });
        return references;
    }

    private Optional<OutputReference> reference(String step, String text, String pointer) {
        var part = Template.parse(text).whole();
        if (part.isPresent() && part.get() instanceof Template.Part.Malformed(var message, var offset)) {
            problems.inside(pointer, offset, PipelineSpecErrorCode.REFERENCE_MALFORMED, message, "");
            return Optional.empty();
        }
        if (part.isPresent()
                && part.get() instanceof Template.Part.Reference(var names, var offset)
                && names.size() == 4
                && names.get(0).equals("steps")
                && names.get(2).equals("outputs")) {
            return exists(step, names.get(1), pointer, offset + "steps.".length())
                    ? Optional.of(new OutputReference(names.get(1), names.get(3)))
                    : Optional.empty();
        }
        problems.value(
                pointer,
                PipelineSpecErrorCode.REFERENCE_MALFORMED,
                "Here stands '" + text + "', not an output of a step.",
                "Write ${{ steps.STEP.outputs.OUTPUT }}.");
        return Optional.empty();
    }

    private boolean exists(String step, String name, String pointer, int offset) {
        if (name.equals(step)) {
            problems.inside(
                    pointer,
                    offset,
                    PipelineSpecErrorCode.STEP_CYCLE,
                    "The step '" + step + "' waits for itself.",
                    "Name another step.");
            return false;
        }
        if (!steps.contains(name)) {
            problems.inside(
                    pointer,
                    offset,
                    PipelineSpecErrorCode.STEP_REFERENCE_UNKNOWN,
                    "There is no step '" + name + "'.",
                    Suggestion.of(name, steps, "Add it under spec.steps."));
            return false;
        }
        return true;
    }

    /** The pointer of a link, for messages about its output. */
    static String linkPointer(String step, String field, String name) {
        return Pointers.child(Pointers.child(Pointers.child(POINTER, step), field), name);
    }
}
