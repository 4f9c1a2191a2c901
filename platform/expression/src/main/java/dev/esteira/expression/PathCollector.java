package dev.esteira.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds what an expression reads. Used once, by one thread. */
final class PathCollector {

    private final CelAbstractSyntaxTree tree;
    private final List<FieldPath> paths = new ArrayList<>();
    /** Variables of comprehensions with what they run over; an empty list where that is unknown. */
    private final Map<String, List<String>> bound = new HashMap<>();

    private PathCollector(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    static List<FieldPath> paths(CelAbstractSyntaxTree tree) {
        var collector = new PathCollector(tree);
        collector.visit(tree.getExpr());
        return collector.paths.stream()
                .sorted(Comparator.comparingInt(FieldPath::offset))
                .filter(path -> collector.paths.stream().noneMatch(other -> isItemOf(path, other)))
                .distinct()
                .toList();
    }

    /** Whether a path names items as a whole where the other names something in them. */
    private static boolean isItemOf(FieldPath path, FieldPath other) {
        var size = path.names().size();
        return path.names().getLast().equals(FieldPath.ITEM)
                && other.names().size() > size
                && other.names().subList(0, size).equals(path.names());
    }

    private void visit(CelExpr expr) {
        var path = path(expr);
        if (path.isPresent()) {
            if (!path.get().isEmpty()) {
                var tested = expr.getKind() == CelExpr.ExprKind.Kind.SELECT
                        && expr.select().testOnly();
                paths.add(new FieldPath(path.get(), offset(expr), tested));
            }
            return;
        }
        switch (expr.getKind()) {
            case SELECT -> visit(expr.select().operand());
            case CALL -> {
                expr.call().target().ifPresent(this::visit);
                expr.call().args().forEach(this::visit);
            }
            case LIST -> expr.list().elements().forEach(this::visit);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    visit(entry.key());
                    visit(entry.value());
                });
            case STRUCT -> expr.struct().entries().forEach(entry -> visit(entry.value()));
            case COMPREHENSION -> visitComprehension(expr.comprehension());
            case NOT_SET, CONSTANT, IDENT -> {}
        }
    }

    private void visitComprehension(CelExpr.CelComprehension comprehension) {
        visit(comprehension.iterRange());
        var before = new HashMap<>(bound);
        bound.put(comprehension.iterVar(), itemsOf(comprehension.iterRange()));
        bound.put(comprehension.accuVar(), List.of());
        visit(comprehension.accuInit());
        visit(comprehension.loopCondition());
        visit(comprehension.loopStep());
        visit(comprehension.result());
        bound.clear();
        bound.putAll(before);
    }

    /** The path of an item of a range, empty when it is not an item of something named. */
    private List<String> itemsOf(CelExpr range) {
        if (range.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
            var inner = range.comprehension();
            return keepsItems(inner) ? itemsOf(inner.iterRange()) : List.of();
        }
        return path(range)
                .filter(names -> !names.isEmpty())
                .map(names -> with(names, FieldPath.ITEM))
                .orElse(List.of());
    }

    /** Whether a comprehension gives some of the items it runs over, as {@code filter} does. */
    private static boolean keepsItems(CelExpr.CelComprehension comprehension) {
        return contains(
                comprehension.loopStep(),
                expr -> expr.getKind() == CelExpr.ExprKind.Kind.LIST
                        && expr.list().elements().size() == 1
                        && expr.list()
                                .elements()
                                .getFirst()
                                .identOrDefault()
                                .name()
                                .equals(comprehension.iterVar()));
    }

    private static boolean contains(CelExpr expr, Predicate<CelExpr> what) {
        return what.test(expr) || expr.callOrDefault().args().stream().anyMatch(argument -> contains(argument, what));
    }

    /** The path that an expression is, an empty list for a variable of unknown items, nothing when it is no path. */
    private Optional<List<String>> path(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT ->
                Optional.of(bound.getOrDefault(
                        expr.ident().name(), List.of(expr.ident().name())));
            case SELECT ->
                path(expr.select().operand())
                        .map(names -> names.isEmpty()
                                ? names
                                : with(names, expr.select().field()));
            case CALL -> index(expr.call());
            default -> Optional.empty();
        };
    }

    private Optional<List<String>> index(CelExpr.CelCall call) {
        if (!call.function().equals("_[_]") || call.args().get(1).getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        var key = call.args().get(1).constant();
        var name = key.getKind() == CelConstant.Kind.STRING_VALUE ? key.stringValue() : FieldPath.ITEM;
        return path(call.args().getFirst()).map(names -> names.isEmpty() ? names : with(names, name));
    }

    private static List<String> with(List<String> names, String name) {
        var longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }

    private int offset(CelExpr expr) {
        var start = tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
        return expr.getKind() == CelExpr.ExprKind.Kind.SELECT && !expr.select().testOnly() ? start + 1 : start;
    }
}
