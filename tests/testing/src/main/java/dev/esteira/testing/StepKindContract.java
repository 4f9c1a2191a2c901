package dev.esteira.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.esteira.document.DocumentErrorCode;
import dev.esteira.document.Pointers;
import dev.esteira.document.ShapeCheck;
import dev.esteira.kernel.CanonicalJson;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Outline;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every step kind promises, asked of a real step. Each kind has a test that extends this, one for each way in
 * which it can be carried out.
 */
public abstract class StepKindContract {

    /** What a file says of every step; a kind's own fields are called otherwise. */
    private static final Set<String> OF_EVERY_STEP =
            Set.of("kind", "inputs", "references", "dependsOn", "when", "onPriorFailure", "retry", "timeout", "cache");

    /** A folder of the test's own. */
    @TempDir
    protected Path folder;

    private StepKind kind;
    private StepSample sample;

    /** The kind, made anew. */
    protected abstract StepKind kind() throws Exception;

    /** A step that it takes, and whose fields show all that is worth asking. */
    protected abstract StepSample sample() throws Exception;

    /** Whether a step with inputs may also go without any. */
    protected boolean worksWithoutInputs() {
        return false;
    }

    @BeforeEach
    final void make() throws Exception {
        kind = kind();
        sample = sample();
    }

    @Test
    final void saysWhatItIs() {
        assertThat(kind.name()).matches("[a-z][A-Za-z0-9]*(/[a-z][A-Za-z0-9]*)?");
        assertThat(kind.major()).isPositive();
        assertThat(kind.documentation()).matches("[A-Z].*\\.");
        assertThat(kind.implementation()).startsWith(kind.name()).doesNotContain(folder.toString());
        for (var field : ShapeFields.of(kind.shape())) {
            assertThat(field.name()).matches("[a-z][A-Za-z0-9]*");
            assertThat(field.documentation())
                    .as(field.name())
                    .hasSizeGreaterThan(5)
                    .endsWith(".");
        }
        assertThat(kind.shape().fields()).noneMatch(field -> OF_EVERY_STEP.contains(field.name()));
    }

    @Test
    final void isTheSameWheneverItIsMade() throws Exception {
        var other = kind();
        assertThat(other.implementation()).isEqualTo(kind.implementation());
        assertThat(other.shape()).isEqualTo(kind.shape());
        assertThat(other.cached()).isEqualTo(kind.cached());
    }

    @Test
    final void takesItsOwnExample() {
        assertThat(ShapeCheck.problems(sample.fields(), kind.shape())).isEmpty();
        assertThat(check(sample.fields(), inputs()).found()).isEmpty();
    }

    @Test
    final void refusesAFieldThatItDoesNotKnowAtItsPlace() {
        var places = ShapeFields.groups(sample.fields(), kind.shape());
        assertThat(places).contains("");
        for (var pointer : places) {
            var changed = FieldChanges.with(sample.fields(), pointer, "unheardOf", Value.of(1));
            assertThat(ShapeCheck.problems(changed, kind.shape())).anySatisfy(problem -> {
                assertThat(problem.pointer()).isEqualTo(Pointers.child(pointer, "unheardOf"));
                assertThat(problem.code()).isEqualTo(DocumentErrorCode.UNKNOWN_FIELD);
            });
        }
    }

    @Test
    final void refusesToDoWithoutAFieldThatMustBeThere() {
        for (var field : kind.shape().fields()) {
            if (field.required()) {
                assertThat(ShapeCheck.problems(sample.fields().without(field.name()), kind.shape()))
                        .as(field.name())
                        .extracting(problem -> problem.code())
                        .containsExactly(DocumentErrorCode.MISSING_FIELD);
            }
        }
    }

    @Test
    final void reportsInputsThatItCannotUse() {
        if (!sample.inputs().isEmpty() && !worksWithoutInputs()) {
            assertThat(check(sample.fields(), Map.of()).places()).as("no input").isNotEmpty();
        }
        for (var name : sample.inputs().keySet()) {
            var others = new LinkedHashMap<>(inputs());
            others.put(name, Outline.of(ArtifactType.BLOB));
            assertThat(check(sample.fields(), others).places())
                    .as("a blob as " + name)
                    .containsAnyOf("/inputs/" + name, "/inputs", "");
        }
    }

    /** Whatever is wrong inside, a check ends, says so at a place of the step, and says the same again. */
    @Test
    final void reportsEveryProblemAtAPlaceOfTheStep() {
        for (var changed : FieldChanges.all(sample.fields())) {
            if (ShapeCheck.problems(changed, kind.shape()).isEmpty()) {
                var found = check(changed, inputs());
                var step =
                        changed.with("inputs", names(sample.inputs())).with("references", names(sample.references()));
                assertThat(found.places())
                        .as(found.found().toString())
                        .allMatch(place -> place.contains(":")
                                || Pointers.find(step, place).isPresent());
                assertThat(check(changed, inputs()).found()).isEqualTo(found.found());
            }
        }
    }

    @Test
    final void resolvesTheSameWorldToTheSameNames() throws Exception {
        var attempt = attempt();
        var resolved = kind.resolve(attempt);
        assertThat(kind.resolve(attempt)).isEqualTo(resolved);
        assertThat(kind().resolve(attempt)).isEqualTo(resolved);
        assertThat(resolved.entries().keySet()).allMatch(name -> name.matches("[a-z][A-Za-z0-9.-]*"));
        assertThat(CanonicalJson.text(resolved)).doesNotContain(folder.toString());
        try (var files = Files.list(attempt.directory())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    final void givesWhatItPromisedAndTheSameBytesAgain() throws Exception {
        var promised = kind.check(attempt().spec(), context(inputs()));
        var first = attempt().threads(1).run(kind);
        assertThat(types(first)).isEqualTo(outlineTypes(promised));
        if (kind.cached()) {
            var second = attempt().called("otherwise", "another").threads(3).run(kind());
            assertThat(contents(second)).isEqualTo(contents(first));
            assertThat(summaries(second)).isEqualTo(summaries(first));
        }
    }

    /** An interrupt is an end, not another kind of failure; what is done before it is seen may succeed. */
    @Test
    final void endsWhenItIsCancelled() throws Exception {
        var attempt = attempt();
        if (kind.execution(attempt.spec()) instanceof Execution.Inline) {
            Thread.currentThread().interrupt();
            var end = catchThrowable(() -> attempt.perform(kind));
            // The next test of this thread is not cancelled.
            Thread.interrupted();
            if (end != null) {
                assertThat(end).isInstanceOfAny(InterruptedException.class, ClosedByInterruptException.class);
            }
        }
    }

    @Test
    final void changesTheWorldOnlyWhenItSaysSo() throws Exception {
        if (kind.execution(attempt().spec()) instanceof Execution.Outside) {
            assertThat(kind.effect()).isEqualTo(Effect.EFFECT);
            assertThat(kind.cached()).isFalse();
        }
    }

    private FolderAttempt attempt() throws IOException {
        var attempt = new FolderAttempt(folder, sample.fields(), Value.Fields.EMPTY).bundle(sample.bundle());
        sample.inputs().forEach(attempt::input);
        sample.references().forEach(attempt::reference);
        return attempt;
    }

    private Map<String, Outline> inputs() {
        return sample.outlinesOf(sample.inputs());
    }

    private NotedProblems context(Map<String, Outline> inputs) {
        var context = new NotedProblems().bundle(sample.bundle());
        inputs.forEach(context::input);
        sample.outlinesOf(sample.references()).forEach(context::reference);
        sample.origins().forEach(context::origins);
        return context;
    }

    private NotedProblems check(Value.Fields fields, Map<String, Outline> inputs) {
        var context = context(inputs);
        kind.check(new StepSpec("step", fields, Value.Fields.EMPTY), context);
        return context;
    }

    private static Value names(Map<String, Artifact> artifacts) {
        var names = new LinkedHashMap<String, Value>();
        artifacts.keySet().forEach(name -> names.put(name, Value.of(name)));
        return Value.ofFields(names);
    }

    private static Map<String, ArtifactType> outlineTypes(Map<String, Outline> outlines) {
        var types = new TreeMap<String, ArtifactType>();
        outlines.forEach((name, outline) -> types.put(name, outline.type()));
        return types;
    }

    private static Map<String, ArtifactType> types(Map<String, Artifact> outputs) {
        var types = new TreeMap<String, ArtifactType>();
        outputs.forEach((name, artifact) -> types.put(name, artifact.type()));
        return types;
    }

    private static Map<String, List<ArtifactFile>> contents(Map<String, Artifact> outputs) {
        var contents = new TreeMap<String, List<ArtifactFile>>();
        outputs.forEach((name, artifact) -> contents.put(name, artifact.files()));
        return contents;
    }

    private static Map<String, Value> summaries(Map<String, Artifact> outputs) {
        var summaries = new TreeMap<String, Value>();
        outputs.forEach((name, artifact) -> summaries.put(name, artifact.summary()));
        return summaries;
    }
}
