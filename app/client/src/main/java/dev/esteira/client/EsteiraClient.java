package dev.esteira.client;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.IdSource;
import dev.esteira.kernel.Limit;
import dev.esteira.kernel.Ticker;
import dev.esteira.kernel.Value;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Speaks Esteira's API. Answers are JSON as the server gave it. Every method throws {@link EsteiraException} with the
 * server's code, or SERVER_UNREACHABLE, SERVER_LOST and MALFORMED_ANSWER of {@link ClientErrorCode}. Thread-safe.
 */
public final class EsteiraClient implements AutoCloseable {

    private static final String RUNS = "/api/v1/pipeline-runs";

    @Limit(value = "Items of a list that the command line reads, over all pages.", unit = "items")
    private static final int MOST_ITEMS = 10_000;

    private final Connection connection;
    private final IdSource ids;

    /** @param ids makes the keys under which requests may be sent again */
    public EsteiraClient(ServerAddress address, Ticker ticker, IdSource ids) {
        this.connection = new Connection(address, ticker);
        this.ids = ids;
    }

    /** What the server says about itself: {@code state}. */
    public Value.Fields live() {
        return fields(connection.get("/health/live"));
    }

    /** Problems of a pipeline file, and the files that it names. */
    public Value.Fields outline(String fileName, String text) {
        var body = Value.ofFields(Map.of("fileName", Value.of(fileName), "text", Value.of(text)));
        return post("/api/v1/pipelines/outline", body);
    }

    /** Uploads those files that the server lacks. */
    public void upload(List<BundleFile> files) {
        var byDigest = new LinkedHashMap<String, BundleFile>();
        files.forEach(file -> byDigest.put(file.digest().hex(), file));
        if (byDigest.isEmpty()) {
            return;
        }
        for (var digest : missing(files)) {
            var file = byDigest.get(digest.hex());
            if (file != null) {
                upload(file);
            }
        }
    }

    private Set<Digest> missing(List<BundleFile> files) {
        var digests =
                files.stream().map(file -> file.digest().toString()).distinct().toList();
        var answer = post("/api/v1/blobs/missing", Value.ofFields(Map.of("digests", Value.ofTexts(digests))));
        var missing = new HashSet<Digest>();
        answer.items("missing").forEach(item -> item.asText().map(Digest::parse).ifPresent(missing::add));
        return missing;
    }

    private void upload(BundleFile file) {
        try {
            var request = connection
                    .request("/api/v1/blobs/" + file.digest())
                    .header("Content-Type", "application/octet-stream")
                    .PUT(HttpRequest.BodyPublishers.ofFile(file.local()));
            connection.send(request.build()).body().close();
        } catch (FileNotFoundException e) {
            throw new EsteiraException(
                    ClientErrorCode.FILE_NOT_FOUND, "The file " + file.local() + " has gone.", "Put it back.", e);
        } catch (IOException e) {
            throw connection.lost(e);
        }
    }

    /** All problems of a pipeline with its files. */
    public Value.Fields validate(Submission submission) {
        return post("/api/v1/pipelines/validate", submission.wire());
    }

    /** What would run and why. */
    public Value.Fields plan(Submission submission) {
        return post("/api/v1/pipelines/plan", submission.wire());
    }

    /** Starts a run; its files must be there already. */
    public Value.Fields submit(Submission submission) {
        return post(RUNS, submission.wire());
    }

    /** A run with its steps. */
    public Value.Fields run(String id) {
        return fields(connection.get(RUNS + "/" + escape(id)));
    }

    /** Runs, newest first. */
    public List<Value.Fields> runs(int most) {
        return list(RUNS, most);
    }

    /** Asks a run to end. */
    public Value.Fields cancel(String id) {
        return post(RUNS + "/" + escape(id) + "/cancel", Value.Fields.EMPTY);
    }

    /** Goes on with a run: the same one when it has not ended, else a new one. */
    public Value.Fields resume(String id, Value.Fields options) {
        return post(RUNS + "/" + escape(id) + "/resume", options);
    }

    /** A step with its attempts and outputs. */
    public Value.Fields step(String run, String step) {
        return fields(connection.get(stepPath(run, step)));
    }

    /** Why a step ran or did not. */
    public Value.Fields explanation(String run, String step) {
        return fields(connection.get(stepPath(run, step) + "/explanation"));
    }

    /** What each step of a run that waits waits for. */
    public List<Value.Fields> whyWaiting(String id) {
        return list(RUNS + "/" + escape(id) + "/waiting", MOST_ITEMS);
    }

    /**
     * Writes the log of a step's latest attempt.
     *
     * @param after bytes at the beginning that are left out
     */
    public void log(String run, String step, long after, OutputStream out) throws IOException {
        copy(stepPath(run, step) + "/log?after=" + after, out);
    }

    private static String stepPath(String run, String step) {
        return RUNS + "/" + escape(run) + "/steps/" + escape(step);
    }

    /**
     * Calls the listener with every event of a run after one of them, and returns when the run has ended.
     *
     * @param listener is given the sequence number and the event
     */
    public void follow(String run, long after, BiConsumer<Long, Value.Fields> listener) throws InterruptedException {
        events(run, after, Long.MAX_VALUE, listener);
    }

    /**
     * Calls the listener with the events of a run after one of them up to another, and returns after that one, or when
     * the run has ended.
     *
     * @param listener is given the sequence number and the event
     */
    public void events(String run, long after, long last, BiConsumer<Long, Value.Fields> listener)
            throws InterruptedException {
        if (after < last) {
            new RunEvents(connection, RUNS + "/" + escape(run) + "/events", after, last, listener).follow();
        }
    }

    /** Writes a file of an artifact. */
    public void artifactFile(Digest tree, String path, OutputStream out) throws IOException {
        var segments = Arrays.stream(path.split("/", -1)).map(EsteiraClient::escape);
        copy("/api/v1/artifacts/" + tree + "/files/" + segments.collect(Collectors.joining("/")), out);
    }

    /** Models by name, their versions, aliases and all other lists: {@code items} of every page, at most so many. */
    public List<Value.Fields> list(String path, int most) {
        var items = new ArrayList<Value.Fields>();
        var token = "";
        var wanted = Math.min(most, MOST_ITEMS);
        do {
            var query = (path.contains("?") ? "&" : "?") + "pageSize=" + Math.min(wanted - items.size(), 1000)
                    + (token.isEmpty() ? "" : "&pageToken=" + escape(token));
            var page = fields(connection.get(path + query));
            page.items("items").forEach(item -> item.asFields().ifPresent(items::add));
            token = page.text("nextPageToken").orElse("");
        } while (!token.isEmpty() && items.size() < wanted);
        return items;
    }

    /** What is at an address. */
    public Value.Fields get(String path) {
        return fields(connection.get(path));
    }

    /** Creates or acts, safe to send again. */
    public Value.Fields post(String path, Value body) {
        return fields(connection.post(path, body, ids.next()));
    }

    /** Sets what is at an address. */
    public Value.Fields put(String path, Value body) {
        return fields(connection.put(path, body));
    }

    /** Removes what is at an address. */
    public void delete(String path) {
        connection.delete(path);
    }

    private void copy(String path, OutputStream out) throws IOException {
        try (InputStream body =
                connection.send(connection.request(path).GET().build()).body()) {
            body.transferTo(out);
        }
    }

    private Value.Fields fields(Value value) {
        if (value instanceof Value.Nothing) {
            return Value.Fields.EMPTY;
        }
        return value.asFields().orElseThrow(() -> connection.malformed(value.kindName(), new IOException("no map")));
    }

    /** A text as one segment of a path or a value of a query. */
    public static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        connection.close();
    }
}
