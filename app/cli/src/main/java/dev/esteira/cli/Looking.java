package dev.esteira.cli;

import dev.esteira.client.EsteiraClient;
import dev.esteira.client.Submission;
import dev.esteira.document.Json;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at data through a server, whether it is a local file or a data set of the server. */
final class Looking {

    private final Command command;
    private final EsteiraClient client;

    Looking(Command command, Session session) {
        this.command = command;
        this.client = session.client();
    }

    /** Data that a step could not make: its run says why. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient Value.Fields run;

        Refused(Value.Fields run) {
            super("The data cannot be read", null, false, false);
            this.run = run;
        }

        Value.Fields run() {
            return run;
        }
    }

    /** Runs a small pipeline to its end, with what happens on a terminal. */
    Value.Fields ended(Submission submission) throws InterruptedException {
        client.upload(submission.files());
        var run = client.submit(submission);
        var id = run.text("id").orElse("");
        var shown = command.terminal().screen().err() && !command.common.json;
        var view = Following.view(command.terminal());
        if (shown) {
            view.start(run);
        }
        client.follow(id, 0, (sequence, event) -> {
            if (shown) {
                view.show(event);
            }
        });
        if (shown) {
            view.end();
        }
        return client.run(id);
    }

    /** The data set that a text names; a local file becomes one. */
    Value.Fields dataset(String text) throws InterruptedException, Refused {
        return switch (DataReference.of(text, client)) {
            case DataReference.Stored(var digest) -> DataReference.described(client, digest);
            case DataReference.Local(var file) -> {
                var run = ended(LocalData.profile(file));
                var digest = output(run, "data").flatMap(output -> output.text("digest"));
                if (digest.isEmpty()) {
                    throw new Refused(run);
                }
                yield DataReference.described(client, Digest.parse(digest.get()));
            }
        };
    }

    /** A file with the rows that a text names; those of a data set are brought into a folder. */
    Path file(String text, Path folder) throws IOException {
        return switch (DataReference.of(text, client)) {
            case DataReference.Local(var file) -> file;
            case DataReference.Stored(var digest) -> {
                var file = folder.resolve(RunText.digest(digest.toString()) + ".parquet");
                try (OutputStream out = Files.newOutputStream(file)) {
                    client.artifactFile(digest, "data.parquet", out);
                }
                yield file;
            }
        };
    }

    /** The first output of that name of a run. */
    static Optional<Value.Fields> output(Value.Fields run, String name) {
        return RunStory.steps(run).stream()
                .map(step -> step.fields("outputs").fields(name))
                .filter(output -> output.text("digest").isPresent())
                .findFirst();
    }

    Value.Fields document(Value.Fields output, String path) throws IOException {
        var out = new ByteArrayOutputStream();
        client.artifactFile(Digest.parse(output.text("digest").orElse("")), path, out);
        return Json.parseFields(out.toString(StandardCharsets.UTF_8));
    }

    /** Tells why data could not be read, and gives the exit code: the data said no, or somebody else is at fault. */
    int refused(Refused refused) {
        if (command.common.json) {
            command.print(refused.run());
        }
        for (var step : RunStory.steps(refused.run())) {
            var failure = step.fields("failure");
            if (!failure.entries().isEmpty()) {
                command.terminal()
                        .problem(
                                failure.text("code").orElse("STEP_FAILED"),
                                failure.text("message").orElse(""),
                                failure.text("remedy").orElse(""));
            }
        }
        return Following.exitCode(refused.run());
    }
}
