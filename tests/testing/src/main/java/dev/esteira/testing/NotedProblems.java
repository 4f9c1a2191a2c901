package dev.esteira.testing;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Outline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a kind reports while a step is checked, one line a problem. For one thread. */
public final class NotedProblems implements CheckContext {

    private final List<String> found = new ArrayList<>();
    private final Map<String, Outline> inputs = new LinkedHashMap<>();
    private final Map<String, Outline> references = new LinkedHashMap<>();
    private final List<String> places = new ArrayList<>();
    private final Map<String, List<Origin>> origins = new LinkedHashMap<>();
    private Optional<Path> bundle = Optional.empty();

    /** Gives the step an input. */
    public NotedProblems input(String name, Outline outline) {
        inputs.put(name, outline);
        return this;
    }

    /** Gives the step a reference. */
    public NotedProblems reference(String name, Outline outline) {
        references.put(name, outline);
        return this;
    }

    /** Lets the step find its bundle's files in a folder; without one, only the pipeline file is at hand. */
    public NotedProblems bundle(Path files) {
        bundle = Optional.of(files);
        return this;
    }

    /** Says from which output an input or reference derives. */
    public NotedProblems origins(String input, List<Origin> derivesFrom) {
        origins.put(input, List.copyOf(derivesFrom));
        return this;
    }

    /** Where the problems are, pointers below the step or {@code path:line:column}, in order. */
    public List<String> places() {
        return List.copyOf(places);
    }

    /** {@code /pointer CODE Message Remedy} of each problem, or {@code path:line:column CODE …}, in order. */
    public List<String> found() {
        return List.copyOf(found);
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
        return origins.getOrDefault(input, List.of());
    }

    @Override
    public Optional<Path> file(String path) {
        return bundle.map(folder -> folder.resolve(path)).filter(Files::exists);
    }

    @Override
    public void problem(String pointer, ErrorCode code, String message, String remedy) {
        places.add(pointer);
        found.add((pointer + " " + code.name() + " " + message + " " + remedy).strip());
    }

    @Override
    public void problemIn(String path, int line, int column, ErrorCode code, String message, String remedy) {
        places.add(path + ":" + line + ":" + column);
        found.add((path + ":" + line + ":" + column + " " + code.name() + " " + message + " " + remedy).strip());
    }
}
