package dev.esteira.pipeline;

import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.KernelErrorCode;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactType;
import dev.esteira.spi.CheckContext;
import dev.esteira.spi.Effect;
import dev.esteira.spi.Execution;
import dev.esteira.spi.Launch;
import dev.esteira.spi.Outline;
import dev.esteira.spi.Shape;
import dev.esteira.spi.StepContext;
import dev.esteira.spi.StepKind;
import dev.esteira.spi.StepResult;
import dev.esteira.spi.StepSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** Small step kinds: one inside, one in a child process, one that changes a file outside. */
final class TestKinds {

    private TestKinds() {}

    static List<StepKind> all(Path outside) {
        return List.of(new Make(outside), new Shell(outside), new Push(outside), new Nothing());
    }

    abstract static class Small implements StepKind {

        @Override
        public int major() {
            return 1;
        }

        @Override
        public String implementation() {
            return "1";
        }

        @Override
        public Effect effect() {
            return Effect.PURE;
        }

        @Override
        public String documentation() {
            return "A kind for tests.";
        }

        @Override
        public Map<String, Outline> check(StepSpec spec, CheckContext context) {
            return Map.of("data", Outline.of(ArtifactType.BLOB));
        }

        static StepResult result(StepContext context, String text) throws IOException {
            var file = context.directory().resolve("out");
            Files.writeString(file, text);
            Artifact artifact = context.publish(ArtifactType.BLOB, Map.of("data", file), Value.Fields.EMPTY);
            return new StepResult.Succeeded(Map.of("data", artifact), 0);
        }
    }

    /** Makes a text of its field and its inputs; may sleep, fail a few times, refuse, or be wrong in a named way. */
    static final class Make extends Small {

        private final Path outside;

        Make(Path outside) {
            this.outside = outside;
        }

        @Override
        public String name() {
            return "make";
        }

        /** As the file {@code implementation} says, so that a server can be replaced by a newer one. */
        @Override
        public String implementation() {
            try {
                var file = outside.resolve("implementation");
                return Files.exists(file) ? Files.readString(file) : super.implementation();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean seeded(StepSpec spec) {
            return false;
        }

        @Override
        public Shape.Group shape() {
            return Shape.Group.of(
                    Shape.Field.optional("text", new Shape.Scalar(LogicalType.STRING), "What it makes."),
                    Shape.Field.optional("file", new Shape.FilePath(), "A file that it copies."),
                    Shape.Field.optional("sleep", new Shape.WholeIn(0, 100_000), "Milliseconds."),
                    Shape.Field.optional("failures", new Shape.WholeIn(0, 100), "How often it fails first."),
                    Shape.Field.optional("wrong", new Shape.Choice(List.of("user", "bug", "refuse")), "How it fails."));
        }

        @Override
        public Execution execution(StepSpec spec) {
            return new Execution.Inline(context -> run(spec, context));
        }

        private StepResult run(StepSpec spec, StepContext context) throws IOException, InterruptedException {
            TestKinds.append(outside.resolve("ran"), spec.name());
            Thread.sleep(spec.fields().whole("sleep").orElse(0L));
            var failures = outside.resolve("failures-" + context.run() + "-" + spec.name());
            TestKinds.append(failures, "x");
            if (Files.readAllLines(failures).size()
                    <= spec.fields().whole("failures").orElse(0L)) {
                throw new IOException("the network is down");
            }
            switch (spec.fields().text("wrong").orElse("")) {
                case "user" ->
                    throw new EsteiraException(KernelErrorCode.MALFORMED_NAME, "The name is wrong.", "Mend it.");
                case "bug" -> throw new IllegalStateException("a bug");
                case "refuse" -> {
                    return new StepResult.Refused(TestRefusal.GATE_FAILED, "0.6 is less than 0.7.", Map.of());
                }
                default -> context.log("all is well");
            }
            var text = new StringBuilder(spec.fields().text("text").orElse(""));
            if (spec.fields().text("file").isPresent()) {
                text.append(
                        Files.readString(context.file(spec.fields().text("file").get())));
            }
            context.inputs()
                    .values()
                    .forEach(input -> text.append(input.digest().hex()));
            return result(context, text.toString());
        }
    }

    /** Does nothing and gives nothing. */
    static final class Nothing extends Small {

        @Override
        public String name() {
            return "nothing";
        }

        @Override
        public Shape.Group shape() {
            return Shape.Group.of(
                    Shape.Field.required("text", new Shape.Scalar(LogicalType.STRING), "Makes another key."));
        }

        @Override
        public Map<String, Outline> check(StepSpec spec, CheckContext context) {
            return Map.of();
        }

        @Override
        public Execution execution(StepSpec spec) {
            return new Execution.Inline(context -> new StepResult.Succeeded(Map.of(), 0));
        }
    }

    /**
     * Runs a shell script whose file {@code out} is the output. Writes down the attempts that it is told to abandon, and
     * ends the server on the spot when the file {@code halt} is there.
     */
    static final class Shell extends Small {

        private final Path outside;

        Shell(Path outside) {
            this.outside = outside;
        }

        @Override
        public String name() {
            return "shell";
        }

        @Override
        public Shape.Group shape() {
            return Shape.Group.of(
                    Shape.Field.required("script", new Shape.Scalar(LogicalType.STRING), "What it runs."));
        }

        @Override
        public Execution execution(StepSpec spec) {
            return new Execution.Child(new Execution.ChildBody() {
                @Override
                public Launch prepare(StepContext context) {
                    context.annotate("begun", context.attempt());
                    return new Launch(
                            List.of("sh", "-c", spec.fields().text("script").orElseThrow()), Map.of("IT", "'s"));
                }

                @Override
                public void observe(StepContext context, String line) {
                    context.progress(Value.Fields.EMPTY.with("line", Value.of(line)));
                }

                @Override
                public StepResult collect(StepContext context) throws IOException {
                    return result(context, Files.readString(context.directory().resolve("out")));
                }

                @Override
                public void abandon(StepContext context, Execution.Unfinished end) {
                    try {
                        append(outside.resolve("abandoned"), context.attempt() + " " + end.reason());
                        if (Files.deleteIfExists(outside.resolve("halt"))) {
                            Runtime.getRuntime().halt(9);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
    }

    /** Appends its key to a file, and can tell whether it did. */
    static final class Push extends Small {

        private final Path outside;

        Push(Path outside) {
            this.outside = outside;
        }

        @Override
        public String name() {
            return "push";
        }

        @Override
        public Effect effect() {
            return Effect.EFFECT;
        }

        @Override
        public Shape.Group shape() {
            return Shape.Group.of();
        }

        @Override
        public Execution execution(StepSpec spec) {
            return new Execution.Outside(new Execution.OutsideBody() {
                @Override
                public StepResult perform(StepContext context, String key) throws IOException, InterruptedException {
                    Thread.sleep(20);
                    append(outside.resolve("pushed"), key);
                    Thread.sleep(20);
                    return result(context, key);
                }

                @Override
                public Execution.Probe probe(StepContext context, String key) throws IOException {
                    var pushed = outside.resolve("pushed");
                    return Files.exists(pushed) && Files.readAllLines(pushed).contains(key)
                            ? new Execution.Probe.Done(result(context, key))
                            : new Execution.Probe.Absent();
                }
            });
        }
    }

    static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
