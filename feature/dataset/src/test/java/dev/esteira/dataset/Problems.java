package dev.esteira.dataset;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Outline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a check reports. */
final class Problems implements CheckContext {

    final List<String> found = new ArrayList<>();
    private final Path bundle;
    private final Map<String, Outline> inputs;

    Problems(Path bundle, Map<String, Outline> inputs) {
        this.bundle = bundle;
        this.inputs = inputs;
    }

    @Override
    public Map<String, Outline> inputs() {
        return inputs;
    }

    @Override
    public Map<String, Outline> references() {
        return Map.of();
    }

    @Override
    public Optional<Path> file(String path) {
        return Optional.of(bundle.resolve(path)).filter(Files::exists);
    }

    @Override
    public void problem(String pointer, ErrorCode code, String message, String remedy) {
        found.add(pointer + " " + code.name() + " " + message + " " + remedy);
    }

    @Override
    public void problemIn(String path, int line, int column, ErrorCode code, String message, String remedy) {
        found.add(path + ":" + line + ":" + column + " " + code.name() + " " + message + " " + remedy);
    }
}
