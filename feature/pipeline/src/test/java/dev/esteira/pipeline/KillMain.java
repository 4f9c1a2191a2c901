package dev.esteira.pipeline;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A server that makes one run on a directory, or goes on with it, and ends when the run has. Takes the directory and,
 * where it is not the usual one, the text of the steps.
 */
public final class KillMain {

    static final String STEPS = """
              steps:
                a: {kind: make, text: a, sleep: 40}
                b: {kind: shell, script: "sleep 0.2; echo b > out"}
                c: {kind: make, text: c, sleep: 80, inputs: {x: "${{ steps.a.outputs.data }}"}}
                d: {kind: push, inputs: {x: "${{ steps.a.outputs.data }}"}}
                e: {kind: shell, script: "echo 1 >> progress; sleep 0.3; echo e > out", inputs: {x: "${{ steps.b.outputs.data }}"}}
                f: {kind: make, sleep: 50, inputs: {x: "${{ steps.c.outputs.data }}", y: "${{ steps.e.outputs.data }}"}}
                g: {kind: push, inputs: {x: "${{ steps.c.outputs.data }}"}}
                h: {kind: shell, script: "sleep 0.1; echo h > out", inputs: {x: "${{ steps.f.outputs.data }}"}}
                i: {kind: make, inputs: {x: "${{ steps.g.outputs.data }}"}}
                j: {kind: make, sleep: 30, inputs: {x: "${{ steps.h.outputs.data }}"}}
                k: {kind: push, inputs: {x: "${{ steps.j.outputs.data }}"}}
                l: {kind: make, inputs: {x: "${{ steps.k.outputs.data }}", y: "${{ steps.i.outputs.data }}"}}
            """;

    private KillMain() {}

    public static void main(String[] arguments) throws Exception {
        try (var engine = new TestEngine(Path.of(arguments[0]))) {
            System.out.println("ready");
            var runs =
                    engine.service().list(TestEngine.HERE, Optional.empty(), 10).items();
            var run = runs.isEmpty()
                    ? engine.accepted(engine.submission(arguments.length > 1 ? arguments[1] : STEPS, Map.of()))
                    : runs.getFirst();
            var ended = engine.end(run.id());
            System.out.println(ended.state());
        }
    }
}
