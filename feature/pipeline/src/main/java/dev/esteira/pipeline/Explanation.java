package dev.esteira.pipeline;

import java.util.List;
import java.util.Optional;

/**
 * Why a step ran, or why it did not have to.
 *
 * @param outcome {@code RAN}, {@code CACHED}, {@code CARRIED} or {@code DECIDED}; empty before it has ended well
 * @param causes why no stored value served
 * @param differences to the earlier step it was compared with
 * @param comparedWith the run of that step
 * @param source the run that made the outputs, when it was another
 * @param chain from this step back to the one where the change began, this one first
 * @param waiting what it waits for; empty when it runs or has ended
 */
public record Explanation(
        String step,
        StepState state,
        Optional<String> outcome,
        List<MissCause> causes,
        List<Difference> differences,
        Optional<String> comparedWith,
        Optional<String> source,
        List<Link> chain,
        Optional<Waiting> waiting) {

    public Explanation {
        causes = List.copyOf(causes);
        differences = List.copyOf(differences);
        chain = List.copyOf(chain);
    }

    /** A step of the chain and why it ran. */
    public record Link(String step, List<MissCause> causes) {
        public Link {
            causes = List.copyOf(causes);
        }
    }
}
