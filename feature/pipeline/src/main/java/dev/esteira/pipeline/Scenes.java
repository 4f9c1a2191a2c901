package dev.esteira.pipeline;

import dev.esteira.kernel.Digest;
import dev.esteira.spi.StepKind;
import dev.esteira.store.Database;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/** Puts together from rows what a step works on. Thread-safe. */
final class Scenes {

    /**
     * A step with everything around it.
     *
     * @param names of all steps of the run
     */
    record Setting(PipelineRun run, RunStep step, Set<String> names, ResolveScene scene) {

        Setting {
            names = Set.copyOf(names);
        }

        Lookup.Question question() {
            return new Lookup.Question(
                    run.workspace(),
                    run.pipeline(),
                    run.id(),
                    step.name(),
                    step.plan(),
                    step.forced(),
                    step.usesCache(),
                    names);
        }
    }

    private final Database database;
    private final Rows rows;
    private final Artifacts artifacts;
    private final EngineSettings settings;

    Scenes(Database database, Rows rows, Artifacts artifacts, EngineSettings settings) {
        this.database = database;
        this.rows = rows;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /** The setting of a step; empty when there is none or it is not in this state any more. */
    Optional<Setting> of(StepRef ref, StepState expected) {
        return database.read(tx -> {
            var run = rows.runs().find(tx, ref.runRef());
            var found = rows.steps().find(tx, ref);
            if (run.isEmpty() || found.isEmpty() || found.get().state() != expected) {
                return Optional.<Setting>empty();
            }
            var step = found.get();
            var steps = new LinkedHashMap<String, RunStep>();
            for (var source : step.plan().sources()) {
                rows.steps().find(tx, ref.runRef().step(source.step())).ifPresent(one -> steps.put(one.name(), one));
            }
            var names = rows.steps().names(tx, ref.runRef());
            var outputs = outputs(steps);
            var scene = new ResolveScene(
                    ref.workspace(),
                    step.plan(),
                    artifacts.all(tx, ref.workspace(), sources(step.plan().inputs(), outputs)),
                    artifacts.all(tx, ref.workspace(), sources(step.plan().references(), outputs)),
                    rows.runs().files(tx, ref.runRef()),
                    artifacts.store());
            return Optional.of(new Setting(run.get(), step, names, scene));
        });
    }

    /** What an attempt sees. */
    AttemptScene attempt(Setting setting, StepKind kind, RunStep.Keyed keyed, String id, ProgressBoard progress) {
        var key = new StepKey(keyed.components());
        var facts = new AttemptScene.Facts(
                setting.run().pipeline(),
                setting.run().id(),
                id,
                keyed.components().fields(StepKey.Component.RESOLVED.text()),
                kind.seeded(setting.scene().spec()) ? OptionalLong.of(key.seed()) : OptionalLong.empty(),
                settings.threads());
        var step = setting.step().ref();
        return new AttemptScene(setting.scene(), facts, folder(id), shown -> progress.post(step, shown));
    }

    AttemptFolder folder(String attempt) {
        return new AttemptFolder(settings.directory(), attempt, settings.logBytes());
    }

    private static Map<String, SequencedMap<String, Digest>> outputs(Map<String, RunStep> steps) {
        var all = new LinkedHashMap<String, SequencedMap<String, Digest>>();
        steps.values().stream()
                .filter(step -> step.state() == StepState.SUCCEEDED)
                .forEach(step -> step.outcome().ifPresent(outcome -> all.put(step.name(), outcome.outputs())));
        return all;
    }

    private static SequencedMap<String, Digest> sources(
            SequencedMap<String, StepPlan.Source> sources, Map<String, SequencedMap<String, Digest>> outputs) {
        var found = new LinkedHashMap<String, Digest>();
        sources.forEach((name, source) -> {
            var digest =
                    outputs.getOrDefault(source.step(), new LinkedHashMap<>()).get(source.output());
            if (digest != null) {
                found.put(name, digest);
            } else if (!source.optional()) {
                throw new dev.esteira.kernel.EsteiraException(
                        PipelineErrorCode.OUTPUT_MISSING,
                        "Step '" + source.step() + "' gave no output '" + source.output() + "', which input '" + name
                                + "' takes.",
                        "Report it; the step kind promised that output.");
            }
        });
        return found;
    }
}
