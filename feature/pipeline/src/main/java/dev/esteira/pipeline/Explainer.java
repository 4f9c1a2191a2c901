package dev.esteira.pipeline;

import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Value;
import dev.esteira.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says why steps ran, from what was written down when they did. */
final class Explainer {

    @Limit(value = "Steps that an explanation goes back through.", unit = "steps")
    private static final int MAX_CHAIN = 200;

    private final Database database;
    private final Rows rows;
    private final WaitFinder waits;

    Explainer(Database database, Rows rows, WaitFinder waits) {
        this.database = database;
        this.rows = rows;
        this.waits = waits;
    }

    Explanation explain(RunStep step) {
        return new Explanation(
                step.name(),
                step.state(),
                step.outcome().map(outcome -> outcome.how().name()),
                causes(step),
                differences(step),
                step.keyed().flatMap(RunStep.Keyed::basis).map(RunStep.Basis::run),
                step.outcome().flatMap(Outcome::source).map(RunStep.Basis::run),
                chain(step),
                waits.of(step.ref()));
    }

    private List<Explanation.Link> chain(RunStep first) {
        var chain = new ArrayList<Explanation.Link>();
        var step = Optional.of(first);
        while (step.isPresent() && chain.size() < MAX_CHAIN) {
            chain.add(new Explanation.Link(step.get().name(), causes(step.get())));
            step = upstream(step.get());
        }
        return chain;
    }

    /** The step whose changed output is why this one ran. */
    private Optional<RunStep> upstream(RunStep step) {
        for (var difference : differences(step)) {
            var name = difference.place().isEmpty() ? "" : difference.place().substring(1);
            var source = difference.component().equals(StepKey.Component.INPUTS.text())
                    ? step.plan().inputs().get(name)
                    : difference.component().equals(StepKey.Component.REFERENCES.text())
                            ? step.plan().references().get(name)
                            : null;
            if (source != null) {
                return database.read(
                        tx -> rows.steps().find(tx, step.ref().runRef().step(source.step())));
            }
        }
        return Optional.empty();
    }

    private static List<MissCause> causes(RunStep step) {
        return step.keyed().map(RunStep.Keyed::causes).orElse(List.of());
    }

    private List<Difference> differences(RunStep step) {
        var keyed = step.keyed();
        var basis = keyed.flatMap(RunStep.Keyed::basis);
        if (basis.isEmpty()) {
            return List.of();
        }
        var other = database.read(tx -> rows.steps()
                .find(
                        tx,
                        new StepRef(
                                step.ref().workspace(),
                                basis.get().run(),
                                basis.get().step())));
        return other.flatMap(RunStep::keyed)
                .map(before -> told(
                        KeyComparison.differences(
                                before.components(), keyed.orElseThrow().components()),
                        keyed.orElseThrow().places()))
                .orElse(List.of());
    }

    static List<Difference> told(List<KeyComparison.Difference> differences, Value.Fields places) {
        return differences.stream()
                .map(one -> new Difference(
                        one.cause(), one.component(), one.place(), file(one, places), one.from(), one.to()))
                .toList();
    }

    private static Optional<String> file(KeyComparison.Difference one, Value.Fields places) {
        return places.text(one.place().isEmpty() ? "" : one.place().substring(1));
    }
}
