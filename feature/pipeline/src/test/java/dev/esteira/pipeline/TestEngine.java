package dev.esteira.pipeline;

import dev.esteira.http.Routes;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.UlidSource;
import dev.esteira.kernel.Value;
import dev.esteira.kernel.WorkspaceName;
import dev.esteira.store.ContentStore;
import dev.esteira.store.Database;
import dev.esteira.store.FileArtifactStore;
import dev.esteira.store.MigrationChain;
import dev.esteira.work.Outbox;
import dev.esteira.work.OutboxConsumer;
import dev.esteira.work.WorkQueue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole engine on a directory, with the kinds for tests. */
final class TestEngine implements AutoCloseable {

    static final WorkspaceName HERE = WorkspaceName.DEFAULT;

    private final Path directory;
    private final Database database;
    private final FileArtifactStore store;
    private final PipelineModule module;
    private final WorkQueue queue;

    /** Writes down the attempts that it is told of. */
    private record Told(Path outside) implements OutboxConsumer {

        @Override
        public String name() {
            return "told";
        }

        @Override
        public String topic() {
            return StepCommitted.TOPIC;
        }

        @Override
        public void receive(WorkspaceName workspace, String payload) throws IOException {
            TestKinds.append(
                    outside.resolve("told"), StepCommitted.parse(payload).attempt());
        }
    }

    TestEngine(Path directory) throws IOException {
        this(directory, Database.sqlite(directory.resolve("main.db"), MigrationChain.MAIN));
    }

    TestEngine(Path directory, Database database) throws IOException {
        this(directory, database, 2);
    }

    /** @param workers 0 for an engine that moves nothing along */
    TestEngine(Path directory, Database database, int workers) throws IOException {
        this.directory = directory;
        var clock = InstantSource.system();
        var outside = Files.createDirectories(directory.resolve("outside"));
        this.database = database;
        database.start();
        store = new FileArtifactStore(directory.resolve("store"), clock);
        store.start(Instant.EPOCH);
        var settings = new EngineSettings(
                directory.resolve("attempts"),
                workers,
                1,
                Map.of("PATH", "/usr/bin:/bin", "HOME", directory.toString(), "LANG", "C.UTF-8", "TZ", "UTC"),
                Map.of("os", "linux"),
                Duration.ofSeconds(1),
                Duration.ofMinutes(10),
                1 << 20);
        var told = new Told(outside);
        var ids = new UlidSource(clock, new SecureRandom());
        queue = new WorkQueue(database, Outbox.kinds(List.of(told)), clock, ids, "node");
        module = new PipelineModule(
                database,
                store,
                new PipelineModule.Contributions(TestKinds.all(outside), List.of()),
                new Outbox(queue, List.of(told)),
                settings,
                clock,
                ids);
        module.start();
    }

    /** The attempts that consumers are told of, in order. */
    List<String> told() throws IOException, InterruptedException {
        queue.recover();
        queue.runDue();
        var file = outside().resolve("told");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    Database database() {
        return database;
    }

    FileArtifactStore store() {
        return store;
    }

    WorkQueue queue() {
        return queue;
    }

    List<Routes> routes() {
        return module.routes();
    }

    PipelineService service() {
        return module.service();
    }

    Path outside() {
        return directory.resolve("outside");
    }

    List<String> ran() throws IOException {
        var file = outside().resolve("ran");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    Submission submission(String steps, Map<String, String> files) throws IOException {
        return submission(steps, files, Submission.Options.DEFAULT);
    }

    Submission submission(String steps, Map<String, String> files, Submission.Options options) throws IOException {
        var entries = new ArrayList<Submission.BundleEntry>();
        for (var file : files.entrySet()) {
            var stored = store.put(new ByteArrayInputStream(file.getValue().getBytes(StandardCharsets.UTF_8)));
            database.change(tx -> new ContentStore().note(tx, HERE, stored, Instant.now()));
            entries.add(new Submission.BundleEntry(file.getKey(), stored.digest(), stored.size()));
        }
        var text = "apiVersion: esteira.dev/v1\nkind: Pipeline\nmetadata: {name: trial}\nspec:\n" + steps;
        return new Submission(HERE, "trial.yaml", text, entries, Value.Fields.EMPTY, options, Optional.empty());
    }

    /** Runs steps to their end. */
    PipelineRun run(String steps) throws Exception {
        return end(accepted(submission(steps, Map.of())).id());
    }

    PipelineRun accepted(Submission submission) {
        return switch (service().submit(submission)) {
            case Submitted.Accepted(var run) -> run;
            case Submitted.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    PipelineRun end(String run) throws Exception {
        var after = 0L;
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            var events = service().events(HERE, run, after, Duration.ofSeconds(5));
            if (!events.events().isEmpty()) {
                after = events.events().getLast().seq();
            }
            if (events.ended()) {
                return service().show(HERE, run);
            }
        }
        throw new AssertionError("The run does not end: " + service().steps(HERE, run));
    }

    RunStep step(PipelineRun run, String name) {
        return service().step(HERE, run.id(), name);
    }

    Digest output(PipelineRun run, String name) {
        return step(run, name).outcome().orElseThrow().outputs().get("data");
    }

    /** Moves nothing along any more, and still answers. */
    void stopMoving() {
        module.close();
    }

    /** Stops without a word to anybody. */
    @Override
    public void close() {
        module.close();
        database.close();
    }
}
