package dev.esteira.document;

import dev.esteira.kernel.EsteiraException;
import java.util.List;

/** What came of reading a file. */
public sealed interface Reading {

    /** The file could be read. */
    record Read(Document document) implements Reading {}

    /** It could not; there is at least one problem, in the order of the text. */
    record Unreadable(List<LocatedProblem> problems) implements Reading {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }

    /**
     * The document, for a caller who can do nothing but stop.
     *
     * @throws EsteiraException of the first problem, with its place in the message
     */
    default Document orThrow() {
        return switch (this) {
            case Read(var document) -> document;
            case Unreadable(var problems) -> {
                var first = problems.getFirst();
                var place = first.file() + ":" + first.line() + ":" + first.column() + ": ";
                throw new EsteiraException(first.code(), place + first.message(), first.remedy());
            }
        };
    }
}
