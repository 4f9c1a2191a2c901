package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import dev.esteira.document.Suggestion;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${{ params.NAME }}} and {@code ${{ metadata.name }}} in the fields of one step. A reference that is
 * the whole value keeps its type; inside a text it must be a plain word, so that no parameter can carry SQL or CEL.
 * Used by one thread.
 */
final class Interpolation {

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_.:+-]*");

    private final Value.Fields params;
    private final Collection<String> declared;
    private final String pipeline;
    private final Set<String> conditions;
    private final Problems problems;
    private boolean complete = true;

    /**
     * @param declared the names of all parameters, also of those without a right value
     * @param conditions pointers of texts that are conditions and read parameters by name
     */
    Interpolation(
            Value.Fields params,
            Collection<String> declared,
            String pipeline,
            Set<String> conditions,
            Problems problems) {
        this.params = params;
        this.declared = declared;
        this.pipeline = pipeline;
        this.conditions = conditions;
        this.problems = problems;
    }

    /** Whether every reference so far could be replaced. */
    boolean complete() {
        return complete;
    }

    Value replace(Value value, String pointer) {
        return switch (value) {
            case Value.Text(var text) when Template.is(text) -> replaceText(text, pointer);
            case Value.Sequence(var items) -> {
                var replaced = new ArrayList<Value>();
                items.forEach(item -> replaced.add(replace(item, Pointers.child(pointer, replaced.size()))));
                yield new Value.Sequence(replaced);
            }
            case Value.Fields(var entries) -> {
                var replaced = new LinkedHashMap<String, Value>();
                entries.forEach((name, item) -> replaced.put(name, replace(item, Pointers.child(pointer, name))));
                yield new Value.Fields(replaced);
            }
            default -> value;
        };
    }

    private Value replaceText(String text, String pointer) {
        if (conditions.contains(pointer)) {
            return refuse(pointer, text.indexOf("${{"), "A condition holds ${{ }}.", "Write params.NAME without it.");
        }
        var template = Template.parse(text);
        if (template.whole().isPresent()) {
            return value(template.whole().get(), pointer).orElse(Value.NOTHING);
        }
        var out = new StringBuilder();
        for (var part : template.parts()) {
            var piece = piece(part, pointer);
            if (piece.isEmpty()) {
                return Value.NOTHING;
            }
            out.append(piece.get());
        }
        return Value.of(out.toString());
    }

    private Optional<String> piece(Template.Part part, String pointer) {
        if (part instanceof Template.Part.Literal(var text)) {
            return Optional.of(text);
        }
        var word = value(part, pointer).map(value -> value.asText().orElseGet(() -> CanonicalJson.text(value)));
        if (part instanceof Template.Part.Reference reference
                && word.filter(it -> !PLAIN_WORD.matcher(it).matches()).isPresent()) {
            return refused(
                    pointer,
                    reference.offset(),
                    "The value of " + reference.text() + " cannot stand inside a text: '" + word.get() + "'.",
                    "Inside a text only letters, digits and _.:+- are put in; let the reference be the whole value.");
        }
        return word;
    }

    private Optional<Value> value(Template.Part part, String pointer) {
        return switch (part) {
            case Template.Part.Literal(var text) -> Optional.of(Value.of(text));
            case Template.Part.Malformed(var message, var offset) -> refused(pointer, offset, message, "");
            case Template.Part.Reference reference -> value(reference, pointer);
        };
    }

    private Optional<Value> value(Template.Part.Reference reference, String pointer) {
        if (reference.names().getFirst().equals("params")) {
            return param(reference, pointer);
        }
        if (reference.text().equals("metadata.name")) {
            return Optional.of(Value.of(pipeline));
        }
        var step = reference.names().getFirst().equals("steps");
        return refused(
                pointer,
                reference.offset(),
                step
                        ? "An output of a step stands where it cannot be read: " + reference.text() + "."
                        : "There is no '" + reference.text() + "' here.",
                step ? "Outputs stand in inputs and references only." : "Known here: params.NAME, metadata.name.");
    }

    private Optional<Value> param(Template.Part.Reference reference, String pointer) {
        if (reference.names().size() != 2) {
            return refused(
                    pointer,
                    reference.offset(),
                    "The text '" + reference.text() + "' names no parameter.",
                    "Write params.NAME.");
        }
        var name = reference.names().get(1);
        if (!declared.contains(name)) {
            complete = false;
            problems.inside(
                    pointer,
                    reference.offset(),
                    PipelineSpecErrorCode.PARAM_UNKNOWN,
                    "There is no parameter '" + name + "'.",
                    Suggestion.of(name, declared, "Declare it under spec.params."));
            return Optional.empty();
        }
        var value = params.field(name);
        complete &= value.isPresent();
        return value;
    }

    private Value refuse(String pointer, int offset, String message, String remedy) {
        return this.<Value>refused(pointer, offset, message, remedy).orElse(Value.NOTHING);
    }

    private <T> Optional<T> refused(String pointer, int offset, String message, String remedy) {
        complete = false;
        problems.inside(pointer, offset, PipelineSpecErrorCode.REFERENCE_MALFORMED, message, remedy);
        return Optional.empty();
    }
}
