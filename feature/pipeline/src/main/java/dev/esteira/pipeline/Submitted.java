package dev.esteira.pipeline;

import dev.esteira.document.LocatedProblem;
import java.util.List;

/** What came of a submission. */
public sealed interface Submitted {

    /** A run was made, or had been made by the same submission before. */
    record Accepted(PipelineRun run) implements Submitted {}

    /** The file cannot run; nothing was made. */
    record Refused(List<LocatedProblem> problems) implements Submitted {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
