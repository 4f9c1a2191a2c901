package dev.esteira.evaluation;

import dev.esteira.expression.Expression;
import dev.esteira.expression.FieldPath;
import dev.esteira.expression.Outcome;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says what an expression read of the items of a list, such as {@code report.slices.all(s, s.roc_auc >= 0.55)}: which
 * of them made the answer false, or else how far their figures reach. It asks the expression again with one item at a
 * time instead of taking it apart, so that it says what the expression did however it is written.
 */
final class ItemReading {

    private static final int NAMED = 3;
    /** Above this many items only the first ones are asked again, which bounds the time that an answer may take. */
    private static final int ASKED = 2_000;

    private final Expression expression;
    private final Map<String, Value> values;
    private final Map<String, String> absences;
    private final List<String> list;
    private final List<Value.Fields> items;

    private ItemReading(
            Expression expression,
            Map<String, Value> values,
            Map<String, String> absences,
            List<String> list,
            List<Value.Fields> items) {
        this.expression = expression;
        this.values = values;
        this.absences = absences;
        this.list = list;
        this.items = items;
    }

    /** What was read of the first list that the expression goes through; empty when it goes through none. */
    static Optional<String> of(Expression expression, Map<String, Value> values, Map<String, String> absences) {
        return expression.paths().stream()
                .map(FieldPath::names)
                .filter(names -> names.contains(FieldPath.ITEM))
                .map(names -> names.subList(0, names.indexOf(FieldPath.ITEM)))
                .findFirst()
                .flatMap(list -> Reading.find(values, list)
                        .map(found -> new ItemReading(expression, values, absences, list, fields(found)).words()));
    }

    private static List<Value.Fields> fields(Value list) {
        return list.items().stream()
                .limit(ASKED)
                .flatMap(item -> item.asFields().stream())
                .toList();
    }

    private String words() {
        if (items.isEmpty()) {
            return "there are no " + plural();
        }
        var guilty = guilty();
        if (!guilty.isEmpty()) {
            var more = guilty.size() - NAMED;
            return guilty.stream().limit(NAMED).map(this::sentence).collect(Collectors.joining("; "))
                    + (more > 0 ? "; and " + more + " more" : "");
        }
        var ranges = ranges();
        return ranges.isEmpty() ? "none of the " + items.size() + " " + plural() + " was asked for a figure" : ranges;
    }

    /** The items that alone make the answer false, when no item at all would make it true. */
    private List<Integer> guilty() {
        return answer(List.of()).equals(Optional.of(true))
                ? IntStream.range(0, items.size())
                        .filter(index -> answer(List.of(items.get(index))).equals(Optional.of(false)))
                        .boxed()
                        .toList()
                : List.of();
    }

    private String sentence(int index) {
        var figures = read(items.get(index)).stream()
                .map(name -> name + " = "
                        + Reading.figure(items.get(index).field(name).orElse(Value.NOTHING)))
                .collect(Collectors.joining(", "));
        return "the " + singular() + " " + name(index) + " has " + (figures.isEmpty() ? "failed" : figures);
    }

    /** How far each figure reaches among the items that the answer depends on. */
    private String ranges() {
        var holders = new LinkedHashMap<String, List<Integer>>();
        for (var index = 0; index < items.size(); index++) {
            for (var name : read(items.get(index))) {
                holders.computeIfAbsent(name, _ -> new ArrayList<>()).add(index);
            }
        }
        // How many rows an item has decides whether it is asked, and is no figure to judge it by.
        if (holders.size() > 1) {
            holders.remove("rows");
        }
        return holders.entrySet().stream()
                .map(figure -> range(figure.getKey(), figure.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String range(String name, List<Integer> holders) {
        Comparator<Integer> byFigure = Comparator.comparingDouble(
                index -> items.get(index).number(name).orElse(0.0));
        var lowest = holders.stream().min(byFigure).orElseThrow();
        var highest = holders.stream().max(byFigure).orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s of %d %s from %s (%s) to %s (%s)",
                name,
                holders.size(),
                holders.size() == 1 ? singular() : plural(),
                Reading.figure(items.get(lowest).field(name).orElse(Value.NOTHING)),
                name(lowest),
                Reading.figure(items.get(highest).field(name).orElse(Value.NOTHING)),
                name(highest));
    }

    /** The numbers of an item on which the answer depends: without one of them, nobody could give it. */
    private List<String> read(Value.Fields item) {
        return named().stream()
                .filter(name -> item.number(name).isPresent())
                .filter(name -> answer(List.of(item.without(name))).isEmpty())
                .toList();
    }

    private List<String> named() {
        return expression.paths().stream()
                .map(FieldPath::names)
                .filter(names -> names.size() == list.size() + 2)
                .filter(names -> names.subList(0, list.size()).equals(list))
                .map(List::getLast)
                .distinct()
                .toList();
    }

    /** The answer when the list has these items only; empty when it is undecided. */
    private Optional<Boolean> answer(List<Value> only) {
        var changed = new LinkedHashMap<>(values);
        changed.computeIfPresent(
                list.getFirst(), (_, whole) -> replaced(whole, list.subList(1, list.size()), new Value.Sequence(only)));
        return switch (expression.evaluate(changed, absences)) {
            case Outcome.Decided(var value) -> value.asFlag();
            case Outcome.Undecided undecided -> Optional.empty();
        };
    }

    private static Value replaced(Value whole, List<String> names, Value list) {
        if (names.isEmpty()) {
            return list;
        }
        var fields = whole.asFields().orElse(Value.Fields.EMPTY);
        var inner = fields.field(names.getFirst()).orElse(Value.Fields.EMPTY);
        return fields.with(names.getFirst(), replaced(inner, names.subList(1, names.size()), list));
    }

    private String name(int index) {
        var item = items.get(index);
        return item.text("name")
                .map(name -> name + " = " + item.text("value").orElse(""))
                .orElse("number " + (index + 1));
    }

    private String plural() {
        return list.getLast();
    }

    private String singular() {
        return plural().endsWith("s") ? plural().substring(0, plural().length() - 1) : plural();
    }
}
