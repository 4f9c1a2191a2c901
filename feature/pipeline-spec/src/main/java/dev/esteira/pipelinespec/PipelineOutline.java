package dev.esteira.pipelinespec;

import dev.esteira.document.LocatedProblem;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a pipeline file tells before its files are at hand.
 *
 * @param problems in the order of the text
 * @param files the paths that steps name, as far as they can be told
 */
public record PipelineOutline(List<LocatedProblem> problems, SortedSet<String> files) {

    public PipelineOutline {
        problems = List.copyOf(problems);
        files = Collections.unmodifiableSortedSet(new TreeSet<>(files));
    }
}
