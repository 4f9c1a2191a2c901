package dev.esteira.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    /** A contract that twenty rows of {@link SmallPipeline} break. */
    static final String CONTRACT = """
            apiVersion: esteira.dev/v1
            kind: DataContract
            metadata: {name: rows, version: 1.0.0, owner: rows@example.org}
            spec:
              columns:
                k: {type: integer, nullable: false}
                v: {type: integer, nullable: false}
              checks:
                - {id: small, check: col.range, column: v, min: 0, max: 2, severity: error}
            """;

    @TempDir
    private Path home;

    private Output esteira(String... args) {
        return Output.of(Map.of("ESTEIRA_HOME", home.resolve("data").toString(), "PATH", "/usr/bin:/bin"), args);
    }

    @Test
    void profilesAFileWithoutAServer() throws IOException {
        var file = Files.writeString(home.resolve("a.csv"), "k,v\n1,x\n2,y\n3,\n");
        var output = esteira("data", "profile", file.toString(), "--json");
        assertThat(output.err()).isEmpty();
        assertThat(output.code).isZero();
        assertThat(Json.parseFields(output.out()).whole("rows")).contains(3L);
    }

    @Test
    void aFileCutShortIsTheCallersFault() throws IOException {
        var file = Files.writeString(home.resolve("a.parquet"), "PAR1");
        var output = esteira("data", "profile", file.toString());
        assertThat(output.code).isIn(ExitCode.NO, ExitCode.MALFORMED);
        assertThat(output.err()).contains("error").doesNotContain("\tat ");
    }

    private String rows(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    @Test
    void theSameRowsAreTheSameDataSetWhateverTheirOrder() throws IOException {
        var one = rows("one.csv", "k,v\n1,x\n2,y\n");
        var other = rows("other.csv", "k,v\n2,y\n1,x\n");
        var same = esteira("data", "diff", one, other);
        assertThat(same.code).as(same.err()).isZero();
        assertThat(same.out()).contains("The same, to the bit.");
    }

    @Test
    void saysWhichColumnsAndFiguresDiffer() throws IOException {
        var one = rows("one.csv", "k,v,old\n1,x,1\n2,y,2\n");
        var other = rows("other.csv", "k,v,new\n1,x,1\n2.5,,2\n3,y,4\n");
        var output = esteira("data", "diff", one, other);
        assertThat(output.code).isEqualTo(ExitCode.NO);
        assertThat(output.out())
                .containsPattern("A +" + one + " +2 +3 ")
                .containsPattern("k +type +integer +number")
                .containsPattern("old +column +integer +-")
                .containsPattern("new +column +- +integer")
                .containsPattern("v +missing +0 +1")
                .containsPattern("k +mean +1.5 +2.16667")
                .contains("Different: figures of 2 columns.");
        var figures =
                Json.parseFields(esteira("data", "diff", one, other, "--json").out());
        assertThat(figures.flag("same")).contains(false);
        assertThat(figures.items("schema")).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void saysWhenOnlyRowsDiffer() throws IOException {
        var one = rows("one.csv", "k,v\n1,x\n2,y\n");
        var other = rows("other.csv", "k,v\n1,y\n2,x\n");
        var output = esteira("data", "diff", one, other);
        assertThat(output.code).isEqualTo(ExitCode.NO);
        assertThat(output.out()).contains("columns and figures are the same, the rows are not");
    }

    @Test
    void checksAgainstAContractWithReferences() throws IOException {
        var data = rows("data.csv", "k,v\n1,1\n2,2\n3,0\n");
        var contract = rows("c.yaml", CONTRACT);
        var held = esteira("data", "check", data, "--contract", contract);
        assertThat(held.code).as(held.err()).isZero();
        assertThat(held.out()).containsPattern("PASS +small").endsWith("\nPASSED\n");
        var known = rows("known.csv", "k\n1\n2\n");
        var strict = rows(
                "strict.yaml",
                CONTRACT + "    - {id: known, check: tbl.references, columns: [k],"
                        + " to: {reference: known, columns: [k]}, severity: error}\n");
        var failed = esteira("data", "check", data, "--contract", strict, "--reference", known);
        assertThat(failed.code).as(failed.err()).isEqualTo(ExitCode.NO);
        assertThat(failed.out()).containsPattern("FAIL +known").endsWith("\nFAILED\n");
        var named = esteira("data", "check", data, "--contract", strict, "--reference", "known=" + data);
        assertThat(named.code).as(named.err()).isZero();
        var lacking = esteira("data", "check", data, "--contract", strict);
        assertThat(lacking.code).as(lacking.out()).isEqualTo(ExitCode.MALFORMED);
    }

    @Test
    void whatIsWrongIsToldOfTheFilesThatWereNamed() throws IOException {
        var empty = rows("empty.csv", "");
        assertThat(esteira("data", "profile", empty).err()).startsWith("error CSV_MALFORMED: 'empty.csv' is empty.\n");
        assertThat(esteira("data", "profile", rows("of two words.csv", "")).err())
                .startsWith("error CSV_MALFORMED: 'data.csv' is empty.\n");
        var strict = rows("strict.yaml", CONTRACT.replace("col.", "cool."));
        var data = rows("some.csv", "k,v\n1,1\n");
        assertThat(esteira("data", "check", data, "--contract", strict).err())
                .startsWith("error UNKNOWN_CHECK: strict.yaml:");
        var held = esteira("data", "check", data, "--contract", rows("c.yaml", CONTRACT), "--reference", "k=" + data);
        assertThat(held.code).as(held.err()).isZero();
    }

    @Test
    void dataSetsAreNamedByTheirDigitsAndBySteps() throws IOException {
        var data = rows("data.csv", "k,v\n1,1\n2,2\n3,0\n");
        assertThat(esteira("data", "profile", data).code).isZero();
        var listed = Json.parseFields(esteira("data", "list", "--json").out())
                .items("items")
                .getFirst()
                .asFields()
                .orElseThrow();
        var id = listed.text("id").orElseThrow();
        var byStep = listed.text("run").orElseThrow() + "/data/data";
        assertThat(esteira("data", "diff", id.substring(0, 8), byStep).code).isZero();
        assertThat(esteira("data", "profile", id.substring(0, 12)).out()).contains("3 rows, 2 columns");
        var check = esteira("data", "check", byStep, "--contract", rows("c.yaml", CONTRACT));
        assertThat(check.code).as(check.err()).isZero();
        var unknown = esteira("data", "profile", "ffffffffffff");
        assertThat(unknown.code).isEqualTo(ExitCode.MALFORMED);
        assertThat(unknown.err()).contains("UNKNOWN_DATA", "data list");
    }

    @Test
    void showsAndSavesWhatChecksTookOut() throws IOException {
        rows("rows.csv", "k,v\n1,1\n2,99\n3,0\n");
        rows("c.yaml", CONTRACT.replace("max: 2,", "max: 2, onFail: quarantine,"));
        var pipeline = rows("p.yaml", """
                apiVersion: esteira.dev/v1
                kind: Pipeline
                metadata: {name: taking}
                spec:
                  steps:
                    rows: {kind: ingest, source: {csv: {path: rows.csv}}}
                    checked:
                      kind: validate
                      inputs: {data: "${{ steps.rows.outputs.data }}"}
                      contract: c.yaml
                      quarantineLimit: {rows: 2, ratio: 0.5}
                """);
        var run = esteira("run", pipeline, "--json");
        assertThat(run.code).as(run.err()).isZero();
        var id = Json.parseFields(run.out()).text("id").orElseThrow();
        assertThat(esteira("show", id).out()).contains("  1 of 3 rows of data is quarantined.");
        var file = home.resolve("taken.parquet");
        var taken = esteira("data", "quarantine", id, "--save", file.toString());
        assertThat(taken.code).as(taken.err()).isZero();
        assertThat(taken.out()).containsPattern("checked +1 +small \\(1\\)|checked +1 +small");
        assertThat(esteira("data", "profile", file.toString()).out()).contains("1 row, 3 columns");
        assertThat(esteira("data", "quarantine", id, "--save", file.toString()).err())
                .contains("is there already");
    }

    @Test
    void showsWhatChecksFoundFromRunToRun() throws IOException {
        var pipeline = rows("p.yaml", """
                apiVersion: esteira.dev/v1
                kind: Pipeline
                metadata: {name: counting}
                spec:
                  steps:
                    rows: {kind: ingest, source: {csv: {path: rows.csv}}}
                    checked:
                      kind: validate
                      inputs: {data: "${{ steps.rows.outputs.data }}"}
                      checks: [{id: volume, check: tbl.row_count, max: 2, severity: warn}]
                """);
        for (var file : List.of("k\n1\n", "k\n1\n2\n", "k\n1\n2\n3\n")) {
            rows("rows.csv", file);
            assertThat(esteira("run", pipeline).code).isZero();
        }
        assertThat(esteira("data", "history", "counting").out())
                .containsPattern("checked +volume \\(data\\) +warn +WARN +3 +2 +3  ▁▅█\n");
        assertThat(esteira("data", "history", "counting", "volume").out().lines())
                .hasSize(4)
                .element(3)
                .asString()
                .endsWith("checked  volume (data)  PASS          1");
        var latest = esteira("data", "history", "counting", "volume", "--limit", "1", "--json");
        var items = Json.parseFields(latest.out()).items("items");
        assertThat(items).singleElement().satisfies(one -> {
            assertThat(one.asFields().orElseThrow().number("value")).contains(3.0);
            assertThat(one.asFields().orElseThrow().text("verdict")).contains("fail");
        });
        assertThat(esteira("data", "history", "countin").err()).contains("No check of a pipeline 'countin'");
    }
}
