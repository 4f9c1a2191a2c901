package dev.esteira.pipeline;

import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says in what two keys differ. Pure. */
final class KeyComparison {

    /** More are not listed: the first ones tell what happened. */
    @Limit(value = "Differences between two keys that an explanation lists.", unit = "differences")
    static final int MAX_DIFFERENCES = 50;

    @Limit(value = "A value in an explanation; longer ones are cut.", unit = "characters")
    private static final int MAX_TEXT = 200;

    /**
     * One thing that differs.
     *
     * @param component the key's component, e.g. {@code params}
     * @param place a JSON pointer below it
     * @param from what it was, empty when it was not there
     * @param to what it is, empty when it is gone
     */
    record Difference(MissCause cause, String component, String place, Optional<String> from, Optional<String> to) {}

    private KeyComparison() {}

    static List<Difference> differences(Value.Fields before, Value.Fields after) {
        var all = new ArrayList<Difference>();
        for (var component : StepKey.Component.values()) {
            walk(component, "", before.field(component.text()), after.field(component.text()), all);
        }
        return List.copyOf(all);
    }

    /** The causes in the order of their weight, each once. */
    static Set<MissCause> causes(List<Difference> differences) {
        var found = EnumSet.noneOf(MissCause.class);
        differences.forEach(difference -> found.add(difference.cause()));
        return found;
    }

    /** The one of several earlier keys that differs least; the first of equals. */
    static <T> Optional<T> nearest(
            Value.Fields key, List<T> earlier, java.util.function.Function<T, Value.Fields> components) {
        return earlier.stream()
                .min(Comparator.comparingInt(
                        one -> differences(components.apply(one), key).size()));
    }

    private static void walk(
            StepKey.Component component,
            String place,
            Optional<Value> before,
            Optional<Value> after,
            List<Difference> all) {
        if (before.equals(after) || all.size() >= MAX_DIFFERENCES) {
            return;
        }
        var left = before.flatMap(Value::asFields);
        var right = after.flatMap(Value::asFields);
        if (left.isPresent() && right.isPresent()) {
            var names = new LinkedHashSet<>(left.get().entries().keySet());
            names.addAll(right.get().entries().keySet());
            for (var name : names) {
                walk(
                        component,
                        place + "/" + name,
                        left.get().field(name),
                        right.get().field(name),
                        all);
            }
            return;
        }
        if (sameSize(before, after)) {
            walkItems(
                    component,
                    place,
                    before.orElseThrow().items(),
                    after.orElseThrow().items(),
                    all);
            return;
        }
        if (!text(before).equals(text(after))) {
            all.add(new Difference(component.cause(), component.text(), place, text(before), text(after)));
        }
    }

    private static boolean sameSize(Optional<Value> before, Optional<Value> after) {
        return before.isPresent()
                && after.isPresent()
                && before.get() instanceof Value.Sequence(var left)
                && after.get() instanceof Value.Sequence(var right)
                && left.size() == right.size();
    }

    private static void walkItems(
            StepKey.Component component, String place, List<Value> before, List<Value> after, List<Difference> all) {
        for (var index = 0; index < before.size(); index++) {
            walk(component, place + "/" + index, Optional.of(before.get(index)), Optional.of(after.get(index)), all);
        }
    }

    private static Optional<String> text(Optional<Value> value) {
        return value.map(one -> one.asText().orElseGet(() -> CanonicalJson.text(one)))
                .map(text -> text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
    }
}
