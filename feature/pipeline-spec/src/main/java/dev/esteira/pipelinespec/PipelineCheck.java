package dev.esteira.pipelinespec;

import dev.esteira.document.LocatedProblem;
import java.util.List;

/** What came of checking a pipeline file. */
public sealed interface PipelineCheck {

    /** It can run. */
    record Valid(CheckedPipeline pipeline) implements PipelineCheck {}

    /** It cannot; all its problems, at least one, in the order of files and lines. */
    record Invalid(List<LocatedProblem> problems) implements PipelineCheck {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
