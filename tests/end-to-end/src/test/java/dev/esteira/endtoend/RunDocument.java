package dev.esteira.endtoend;

import dev.esteira.kernel.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A pipeline run as {@code run}, {@code resume} and {@code show} tell it. */
record RunDocument(Value.Fields fields) {

    private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED", "CANCELLED");

    /** Of a step that has succeeded, what may never change again. */
    record Finished(long attempts, String ended, String key) {}

    String id() {
        return fields.text("id").orElseThrow();
    }

    String state() {
        return fields.text("state").orElseThrow();
    }

    boolean ended() {
        return ENDS.contains(state());
    }

    /** The steps by name, in the order in which they run. */
    Map<String, Value.Fields> steps() {
        return Program.byName(fields.items("steps"), "name");
    }

    Value.Fields step(String name) {
        return steps().get(name);
    }

    /** The states of the steps by name. */
    Map<String, String> states() {
        var states = new LinkedHashMap<String, String>();
        steps().forEach((name, step) -> states.put(name, step.text("state").orElseThrow()));
        return states;
    }

    /** The steps that were carried out in this run. */
    Set<String> ran() {
        return steps().entrySet().stream()
                .filter(step -> step.getValue().text("how").orElse("").equals("RAN"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The words of the reasons why a step ran. */
    List<String> causes(String step) {
        return causes(step(step));
    }

    /** The words of the reasons that a step or a planned step has. */
    static List<String> causes(Value.Fields step) {
        return step.items("causes").stream()
                .map(cause -> cause.asFields().orElseThrow().text("cause").orElseThrow())
                .toList();
    }

    Value.Fields output(String step, String name) {
        return step(step).fields("outputs").fields(name);
    }

    String digest(String step, String output) {
        return output(step, output).text("digest").orElseThrow();
    }

    /** The digests of all artifacts, by step and output. */
    Map<String, String> digests() {
        var digests = new TreeMap<String, String>();
        steps().forEach((name, step) -> step.fields("outputs")
                .entries()
                .keySet()
                .forEach(output -> digests.put(name + "." + output, digest(name, output))));
        return digests;
    }

    Map<String, Finished> finished() {
        var all = new TreeMap<String, Finished>();
        steps().forEach((name, step) -> {
            if (step.text("state").orElseThrow().equals("SUCCEEDED")) {
                all.put(
                        name,
                        new Finished(
                                step.whole("attempts").orElseThrow(),
                                step.text("ended").orElse(""),
                                step.text("key").orElse("")));
            }
        });
        return all;
    }

    /** How the attempts of a step ended, in order. */
    List<String> attempts(String step) {
        return step(step).items("history").stream()
                .map(attempt -> attempt.asFields().orElseThrow().text("state").orElseThrow())
                .toList();
    }
}
