package dev.esteira.pipeline;

import dev.esteira.spi.Commit;
import java.util.List;

/** What a value from the cache leaves, ready to be committed. */
record FoundValue(RunStep.Keyed keyed, Outcome outcome, List<Commit> commits) {

    FoundValue {
        commits = List.copyOf(commits);
    }
}
