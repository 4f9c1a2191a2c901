package dev.esteira.pipelinespec;

import dev.esteira.document.Document;
import dev.esteira.document.LocatedProblem;
import dev.esteira.document.Position;
import dev.esteira.document.Problem;
import dev.esteira.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers the problems of one file. Used by one thread. */
final class Problems {

    private final Document document;
    private final List<LocatedProblem> found = new ArrayList<>();

    Problems(Document document) {
        this.document = document;
    }

    void value(String pointer, ErrorCode code, String message, String remedy) {
        found.add(document.problem(pointer, code, message, remedy));
    }

    void key(String pointer, ErrorCode code, String message, String remedy) {
        found.add(document.keyProblem(pointer, code, message, remedy));
    }

    /** A problem inside a text, at an offset in code points. */
    void inside(String pointer, int offset, ErrorCode code, String message, String remedy) {
        found.add(document.at(document.positionInside(pointer, offset), code, message, remedy));
    }

    void in(String file, Position position, ErrorCode code, String message, String remedy) {
        found.add(new LocatedProblem(file, position.line(), position.column(), code, message, remedy));
    }

    void add(Problem problem) {
        found.add(problem.in(document));
    }

    boolean none() {
        return found.isEmpty();
    }

    int count() {
        return found.size();
    }

    /** Each once, by line and column; those of the pipeline file first. */
    List<LocatedProblem> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.<LocatedProblem, Boolean>comparing(
                                problem -> !problem.file().equals(document.file()))
                        .thenComparing(LocatedProblem::file)
                        .thenComparingInt(LocatedProblem::line)
                        .thenComparingInt(LocatedProblem::column))
                .toList();
    }
}
