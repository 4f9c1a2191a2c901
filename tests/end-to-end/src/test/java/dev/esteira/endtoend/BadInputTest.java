package dev.esteira.endtoend;

import static dev.esteira.endtoend.Complaint.ENVIRONMENT;
import static dev.esteira.endtoend.Complaint.MALFORMED;
import static dev.esteira.endtoend.Complaint.NO;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files and arguments that are wrong, given to the launcher while one server runs. */
class BadInputTest {

    private static final Path FLIGHTS = Path.of("../../examples/flights");

    @TempDir
    static Path home;

    private static Program program;
    private static Program.Started server;

    @TempDir
    Path folder;

    private SmallPipeline trips;

    @BeforeAll
    static void start() throws Exception {
        program = new Program(home);
        server = program.start("server", "--port", "0");
        while (!Files.readString(server.out()).contains("http://")) {
            assertThat(server.process().isAlive())
                    .as(Files.readString(server.messages()))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.process().destroy();
        server.end();
        program.close();
    }

    @BeforeEach
    void write() throws Exception {
        trips = SmallPipeline.in(folder.resolve("trips"));
    }

    @AfterEach
    void nothingIsLeftHalfDone() throws Exception {
        assertThat(Complaint.leftovers(program.data())).isEmpty();
        assertThat(program.ask("model", "list").items("items")).isEmpty();
    }

    private Complaint run(String... more) throws Exception {
        return told("run", more);
    }

    private Complaint told(String command, String... more) throws Exception {
        var arguments = new String[more.length + 2];
        arguments[0] = command;
        arguments[1] = trips.file().toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return new Complaint(program.tell(arguments));
    }

    private static Complaint asked(String... arguments) throws Exception {
        return new Complaint(program.tell(arguments));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '  steps:'            | '\\t  steps:'          | MALFORMED_YAML      | yaml:8:1: A tab cannot indent | Use spaces
                    '      kind: split'   | '    \\tkind: split'  | MALFORMED_YAML      | A tab cannot indent | Use spaces
                    'fitOn:'              | 'fitsOn:'            | UNKNOWN_FIELD       | There is no field 'fitsOn' | Did you mean 'fitOn'?
                    'kind: split'         | 'kind: splt'         | STEP_KIND_UNKNOWN   | There is no kind of step called 'splt' | Did you mean 'split'?
                    'data/trips.csv'      | 'data/nothing.csv'   | FILE_NOT_IN_BUNDLE  | yaml:9:46: There is no file 'data/nothing.csv' | Check the path
                    'data/trips.csv'      | '../trips.csv'       | MALFORMED_PATH      | yaml:9:46: The path '../trips.csv' leaves | Write a path relative
                    'steps.split.outputs.train' | 'steps.splt.outputs.train' | STEP_REFERENCE_UNKNOWN | There is no step 'splt' | Did you mean 'split'?
                    '    split:'          | '    split:\\n      dependsOn: [train]' | STEP_CYCLE | Steps wait for each other | Remove one
                    'metadata:'           | 'kind: Pipeline\\nmetadata:' | DUPLICATE_KEY | yaml:3:1: The key 'kind' stands here again | Keep one
                    """)
    void aFaultOfThePipelineFileIsShownWhereItStands(String part, String by, String code, String what, String remedy)
            throws Exception {
        trips.replace(trips.file(), part, by.replace("\\n", "\n").replace("\\t", "\t"));

        told("validate").is(MALFORMED, code, what, remedy);
        run().is(MALFORMED, code, what, remedy);
    }

    @Test
    void whatIsNoPipelineFileIsSaidToBeNone() throws Exception {
        asked("run", folder.resolve("none.yaml").toString()).is(MALFORMED, "FILE_NOT_FOUND", "none.yaml");
        asked("run", folder.toString()).is(MALFORMED, "FILE_NOT_FOUND", "is a folder, not a file");

        SmallPipeline.bytes(trips.file(), "apiVersion: S\u00e3o");
        run().is(MALFORMED, "MALFORMED_TEXT", "yaml:1:14: The file is not UTF-8 here.", "Save it in UTF-8");

        Files.writeString(trips.file(), "a".repeat(3 << 20));
        run().is(MALFORMED, "DOCUMENT_TOO_LARGE", "trips.pipeline.yaml", "Split it");
    }

    @Test
    void anAliasBombIsNotUnfolded() throws Exception {
        var text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var letter = 'b'; letter <= 'i'; letter++) {
            text.append(letter)
                    .append(": &")
                    .append(letter)
                    .append(" [")
                    .append(("*" + (char) (letter - 1) + ", ").repeat(9));
            text.append("x]\n");
        }
        Files.writeString(trips.file(), text);

        told("validate").is(MALFORMED, "DOCUMENT_TOO_LARGE", "values");
    }

    @Test
    void aColumnThatIsNotThereIsNamedWithTheNearestAndTheRunGoesOnOnceItIsCorrected() throws Exception {
        trips.replace(trips.file(), "columns: [city]", "columns: [cty]");
        run().is(MALFORMED, "UNKNOWN_COLUMN", "'features'", "'cty'", "Did you mean 'city'?");

        trips.replace(trips.file(), "columns: [cty]", "columns: [city]");
        program.succeeds("run", trips.file().toString());
    }

    @Test
    void aContractThatDoesNotFitNamesWhatDiffers() throws Exception {
        trips.replace(trips.contract(), "city: {type: string", "town: {type: string");
        run().is(NO, "CHECK_FAILED", "'contract'", "town is not there");

        trips.replace(trips.contract(), "check: cols.unique", "check: cols.uniqe");
        run().is(MALFORMED, "UNKNOWN_CHECK", "trips.contract.yaml:11:24", "Did you mean 'cols.unique'?");
    }

    @Test
    void aLabelOfOneClassIsNothingToLearn() throws Exception {
        Files.writeString(trips.rows(), SmallPipeline.rows(300).replaceAll("(?m),[01]$", ",1"));

        run().is(NO, "SINGLE_CLASS_LABEL", "'train'", "Look at the label's definition");
    }

    @Test
    void aFeatureThatKnowsTheAnswerStopsTheRun() throws Exception {
        asked("run", FLIGHTS.resolve("leaky.pipeline.yaml").toString())
                .is(NO, "CHECK_FAILED", "'hygiene'", "'leakage'", "dep_delay alone scores 0.90");
    }

    @Test
    void aParquetFileThatIsCutShortIsFoundOutBeforeAnythingRuns() throws Exception {
        var whole = Files.readAllBytes(FLIGHTS.resolve("data/planes.parquet"));
        Files.write(folder.resolve("trips/data/planes.parquet"), Arrays.copyOf(whole, whole.length - 1000));
        trips.replace(trips.file(), "csv: {path: data/trips.csv}", "parquet: {path: data/planes.parquet}");

        run().is(MALFORMED, "SOURCE_UNREADABLE", "yaml:9:", "'data/planes.parquet' is cut short", "again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ``                     | 2 | CSV_MALFORMED         | is empty
                    `id,a\\n1,2\\n3,4,5\\n`| 2 | CSV_MALFORMED         | :3' has 3 fields where 2 are expected
                    `id,a\\n1,2\\n3\\n`    | 2 | CSV_MALFORMED         | :3' has 1 fields where 2 are expected
                    `id,a\\n1,S\u00e3o\\n` | 2 | CSV_MALFORMED         | :2' has bytes that are not UTF-8
                    `id,\u00e3\\n1,2\\n`   | 2 | CSV_MALFORMED         | :1' has bytes that are not UTF-8
                    `id,a\\n1,x\u0001y\\n` | 2 | CSV_MALFORMED         | :2' has a NUL byte
                    `id,ID\\n1,2\\n`       | 2 | SOURCE_UNNAMED_COLUMN | called 'ID'
                    `id,\\n1,2\\n`         | 2 | SOURCE_UNNAMED_COLUMN | Column 2
                    """)
    void aDamagedCsvFileIsSaidToBeOneWithItsLine(String text, int status, String code, String what) throws Exception {
        var file = folder.resolve("rows.csv");
        SmallPipeline.bytes(
                file, (text == null ? "" : text).replace("\\n", "\n").replace('\u0001', '\0'));

        asked("data", "profile", file.toString()).is(status, code, what);
    }

    @Test
    void linksThatLeadOutOfTheFolderAreNotFollowed() throws Exception {
        var outside = Files.writeString(folder.resolve("secret.csv"), SmallPipeline.rows(10));
        Files.delete(trips.rows());
        Files.createSymbolicLink(trips.rows(), outside);
        run().is(MALFORMED, "FILE_OUTSIDE_FOLDER", "'data/trips.csv'", "secret.csv", "Copy the file");

        Files.delete(trips.rows());
        Files.createDirectory(trips.rows());
        run().is(MALFORMED, "FILE_NOT_FOUND", "'data/trips.csv'", "is a folder, not a file");
    }

    @Test
    void sqlIsShownWithItsFileAndLineAndTheNearestColumn() throws Exception {
        Files.writeString(folder.resolve("trips/trips.sql"), "select id,\n  cty\nfrom data");
        Files.writeString(
                trips.file(),
                Files.readString(trips.file()).replaceAll("(?s)    contract:.*", "")
                        + "    shaped: {kind: transform, inputs: {data: \"${{ steps.raw.outputs.data }}\"},"
                        + " sql: {path: trips.sql}}\n");

        run().is(MALFORMED, "SQL_MALFORMED", "trips.sql:2: ", "\"cty\"", "Did you mean 'city'?");
    }

    @Test
    void argumentsThatMeanNothingAreNamed() throws Exception {
        run("-p", "round=3").is(MALFORMED, "PARAM_UNKNOWN", "'round'", "Did you mean 'rounds'?");
        run("-p", "rounds=ten").is(MALFORMED, "PARAM_MALFORMED", "'rounds' is 'ten', not an integer");
        run("-p", "rounds=0").is(MALFORMED, "PARAM_MALFORMED", "between 1 and 100000");
        run("--from", "trian").is(MALFORMED, "UNKNOWN_STEP", "'trian'");
        run("--detatch").is(MALFORMED, "MALFORMED_ARGUMENT", "--detatch", "Did you mean '--detach'");
        asked("show", "none").is(MALFORMED, "UNKNOWN_PIPELINE_RUN", "'none'");
        asked("model", "show", "none").is(MALFORMED, "MODEL_NOT_FOUND", "'none'");
        asked("runs", "--server", "http://127.0.0.1:99999")
                .is(MALFORMED, "MALFORMED_ARGUMENT", "http://127.0.0.1:5000");
    }

    @Test
    void whatIsNoEsteiraServerIsSaidToBeNone() throws Exception {
        asked("runs", "--server", "http://127.0.0.1:9").is(ENVIRONMENT, "SERVER_UNREACHABLE", "esteira server");

        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                body.write("<html>".getBytes(StandardCharsets.UTF_8));
            }
        });
        web.start();
        try {
            asked("runs", "--server", "http://127.0.0.1:" + web.getAddress().getPort())
                    .is(ENVIRONMENT, "MALFORMED_ANSWER", "not JSON", "Check that an Esteira server");
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aServerThatBreaksOffLeavesItOpenWhetherItDidWhatItWasAsked() throws Exception {
        try (var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        var connection = socket.accept();
                        connection.getInputStream().read(new byte[1 << 16]);
                        connection.close();
                    }
                } catch (java.io.IOException e) {
                    // The test has ended.
                }
            });

            asked("runs", "--server", "http://127.0.0.1:" + socket.getLocalPort())
                    .is(ENVIRONMENT, "SERVER_LOST", "broke before the whole answer came", "was done");
        }
    }

    @Test
    void aChildThatIsKilledFailsItsStepAndTheStepCanBeResumed() throws Exception {
        var started = program.start("run", trips.file().toString(), "-p", "rounds=100000");
        while (!killsAChild()) {
            assertThat(started.process().isAlive())
                    .as(Files.readString(started.messages()))
                    .isTrue();
            Thread.sleep(20);
        }

        var ended = started.end();
        assertThat(ended.status()).as(ended.messages()).isEqualTo(ENVIRONMENT);
        assertThat(ended.out()).contains("CHILD_KILLED", "'train'", "too little memory");
        assertThat(program.leftovers()).isEmpty();
    }

    private static boolean killsAChild() {
        var child = program.processes().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst();
        child.ifPresent(ProcessHandle::destroyForcibly);
        return child.isPresent();
    }
}
