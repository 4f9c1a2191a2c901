package dev.esteira.pipelinespec;

import dev.esteira.document.Pointers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of steps. */
final class Graph {

    private final Map<String, StepDraft> steps = new LinkedHashMap<>();

    Graph(List<StepDraft> drafts) {
        drafts.forEach(draft -> steps.put(draft.name(), draft));
    }

    StepDraft step(String name) {
        var step = steps.get(name);
        if (step == null) {
            throw new IllegalArgumentException("No step " + name);
        }
        return step;
    }

    /** Each step after those it stands on, else in the order of the file; steps in or behind a circle are left out. */
    List<StepDraft> ordered() {
        var done = new LinkedHashSet<String>();
        prune(new LinkedHashSet<>(steps.keySet()), done);
        return done.stream().map(this::step).toList();
    }

    /** Reports every circle once. */
    void reportCircles(Problems problems) {
        var done = new LinkedHashSet<String>();
        var left = prune(new LinkedHashSet<>(steps.keySet()), done);
        while (!left.isEmpty()) {
            var circle = circle(left);
            var first = circle.getFirst();
            problems.key(
                    Pointers.child(StepReader.POINTER, first),
                    PipelineSpecErrorCode.STEP_CYCLE,
                    "Steps wait for each other: " + String.join(" needs ", circle) + " needs " + first + ".",
                    "Remove one of these references.");
            left.removeAll(circle);
            done.addAll(circle);
            left = prune(left, done);
        }
    }

    /** Moves every step whose predecessors are done from the first set to the second, the earliest in the file first. */
    private Set<String> prune(Set<String> left, Set<String> done) {
        var moved = true;
        while (moved) {
            var ready = left.stream()
                    .filter(name -> done.containsAll(step(name).links().predecessors()))
                    .findFirst();
            moved = ready.isPresent();
            ready.ifPresent(name -> {
                left.remove(name);
                done.add(name);
            });
        }
        return left;
    }

    /** A circle among steps that all have a predecessor among them, beginning with its first step in the file. */
    private List<String> circle(Set<String> left) {
        var path = new ArrayList<String>();
        var at = left.iterator().next();
        while (!path.contains(at)) {
            path.add(at);
            at = step(at).links().predecessors().stream()
                    .filter(left::contains)
                    .findFirst()
                    .orElseThrow();
        }
        var circle = path.subList(path.indexOf(at), path.size());
        var order = List.copyOf(steps.keySet());
        var start = 0;
        for (var index = 1; index < circle.size(); index++) {
            start = order.indexOf(circle.get(index)) < order.indexOf(circle.get(start)) ? index : start;
        }
        var turned = new ArrayList<>(circle.subList(start, circle.size()));
        turned.addAll(circle.subList(0, start));
        return turned;
    }
}
