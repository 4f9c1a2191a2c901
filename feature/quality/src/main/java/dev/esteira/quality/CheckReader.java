package dev.esteira.quality;

import dev.esteira.document.ShapeCheck;
import dev.esteira.kernel.NearestName;
import dev.esteira.kernel.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the list {@code checks:} of a contract or a step. */
final class CheckReader {

    private final CheckRegistry registry;

    CheckReader(CheckRegistry registry) {
        this.registry = registry;
    }

    /** The checks of a list; those that are wrong are left out and reported. */
    List<CheckSpec> read(List<Value> items, ProblemTaker problems) {
        var checks = new ArrayList<CheckSpec>();
        var ids = new HashSet<String>();
        for (var index = 0; index < items.size(); index++) {
            var below = problems.below("/" + index);
            read(items.get(index), below).ifPresent(check -> {
                if (ids.add(check.id())) {
                    checks.add(check);
                } else {
                    below.problem(
                            "/id",
                            QualityErrorCode.CHECK_MALFORMED,
                            "Two checks have the id '" + check.id() + "'.",
                            "Give each its own.");
                }
            });
        }
        return checks;
    }

    private Optional<CheckSpec> read(Value item, ProblemTaker problems) {
        var fields = item.asFields();
        if (fields.isEmpty()) {
            problems.problem(
                    "",
                    QualityErrorCode.CHECK_MALFORMED,
                    "A check is a map, not " + item.kindName() + ".",
                    "Write {id: …, check: …, severity: …}.");
            return Optional.empty();
        }
        var name = fields.get().text("check").orElse("");
        var kind = registry.kind(name);
        if (kind.isEmpty()) {
            problems.problem(
                    fields.get().field("check").isPresent() ? "/check" : "",
                    QualityErrorCode.UNKNOWN_CHECK,
                    name.isEmpty() ? "The check does not say what it asks." : "There is no check '" + name + "'.",
                    NearestName.of(name, registry.names())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("The checks are " + String.join(", ", registry.names()) + "."));
            return Optional.empty();
        }
        var wrong = ShapeCheck.problems(fields.get(), CheckRegistry.shape(kind.get()));
        wrong.forEach(
                problem -> problems.problem(problem.pointer(), problem.code(), problem.message(), problem.remedy()));
        return wrong.isEmpty() ? Optional.of(spec(kind.get(), fields.get())) : Optional.empty();
    }

    private static CheckSpec spec(CheckKind kind, Value.Fields fields) {
        return new CheckSpec(
                fields.text("id").orElseThrow(),
                kind,
                fields,
                fields.text("severity").map(Severity::of).orElse(Severity.ERROR),
                fields.text("onFail").map(OnFail::of).orElse(OnFail.REPORT));
    }
}
