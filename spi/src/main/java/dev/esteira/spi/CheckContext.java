package dev.esteira.spi;

import dev.esteira.kernel.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a kind may look at, and where it reports problems, while a file is checked. Nothing runs yet. */
public interface CheckContext {

    /** The outlines of the step's inputs by name. */
    Map<String, Outline> inputs();

    /** The outlines of the step's references by name. */
    Map<String, Outline> references();

    /**
     * The outputs that an input or reference derives from, nearest first: the one it takes, then those before it. An
     * output that bears the name of an input of its step derives from that input alone. Empty where that is not known.
     */
    default List<Origin> origins(String input) {
        return List.of();
    }

    /**
     * An output of a step before this one.
     *
     * @param kind of that step
     */
    record Origin(String step, String kind, String output) {}

    /**
     * A file of the bundle on the local disk, not to be changed; empty when only the pipeline file itself is at hand,
     * in which case what depends on it is checked later.
     *
     * @param path as written in a {@link Shape.FilePath} field
     */
    Optional<Path> file(String path);

    /**
     * Reports a problem at a place of the step.
     *
     * @param pointer JSON pointer below the step, e.g. {@code /ops/2/encode/columns}; empty for the step itself
     * @param message one sentence that names the offending value
     * @param remedy what to do, with the nearest valid name; empty when the message says it
     */
    void problem(String pointer, ErrorCode code, String message, String remedy);

    /**
     * Reports a problem at a place of a file of the bundle.
     *
     * @param line from 1
     * @param column from 1
     */
    void problemIn(String path, int line, int column, ErrorCode code, String message, String remedy);
}
