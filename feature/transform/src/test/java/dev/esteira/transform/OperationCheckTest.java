package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.document.Json;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import dev.esteira.kernel.Schema;
import dev.esteira.testing.NotedProblems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationCheckTest {

    private static final Schema SCHEMA =
            new Schema(List.of(column("x", LogicalType.NUMBER), column("port", LogicalType.STRING)));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "UNKNOWN_COLUMN; {'derive': {'columns': {'y': {'add': ['x', 'z']}}}}",
                "COLUMN_TYPE_UNFIT; {'derive': {'columns': {'y': {'ln': 'port'}}}}",
                "COLUMN_TYPE_UNFIT; {'scale': {'columns': ['port']}}",
                "COLUMN_TYPE_UNFIT; {'clip': {'columns': ['port'], 'between': [0, 1]}}",
                "OPERATION_MALFORMED; {'clip': {'columns': ['x']}}",
                "OPERATION_MALFORMED; {'clip': {'columns': ['x'], 'between': [1, 0]}}",
                "OPERATION_MALFORMED; {'clip': {'columns': ['x'], 'between': [1]}}",
                "OPERATION_MALFORMED; {'clip': {'columns': ['x'], 'between': [0, 1], 'quantiles': [0, 1]}}",
                "COLUMN_TYPE_UNFIT; {'impute': {'columns': ['port']}}",
                "COLUMN_TYPE_UNFIT; {'impute': {'columns': ['port'], 'with': 'constant', 'value': 0}}",
                "COLUMN_TYPE_UNFIT; {'impute': {'columns': ['x'], 'with': 'constant', 'value': 'none'}}",
                "COLUMN_TYPE_UNFIT; {'cyclical': {'columns': {'port': 24}}}",
                "COLUMN_TYPE_UNFIT; {'encode': {'columns': ['x'], 'with': 'target'}}",
            })
    void columnsThatAreMissingOrOfAnotherKindAreReportedBeforeAnythingRuns(String code, String operation) {
        assertThat(problems(Optional.of(SCHEMA), operation))
                .singleElement()
                .asString()
                .startsWith("/ops/0 " + code);
    }

    @Test
    void operationsThatFitTheColumnsHaveNoProblem() {
        assertThat(problems(
                        Optional.of(SCHEMA),
                        "{'impute': {'columns': ['x']}}",
                        "{'impute': {'columns': ['port'], 'with': 'mostFrequent'}}",
                        "{'encode': {'columns': ['port'], 'with': 'target'}}",
                        "{'derive': {'columns': {'y': {'multiply': ['port', 'x']}}}}",
                        "{'scale': {'columns': ['*']}}"))
                .isEmpty();
    }

    @Test
    void anOperationThatContradictsItselfIsReportedEvenWhenNoColumnIsKnown() {
        assertThat(problems(
                        Optional.empty(),
                        "{'scale': {'columns': ['x']}}",
                        "{'derive': {'columns': {'y': {'add': ['x']}}}}"))
                .singleElement()
                .asString()
                .startsWith("/ops/1 OPERATION_MALFORMED 'add' takes two operands, not 1.");
    }

    private static List<String> problems(Optional<Schema> schema, String... operations) {
        var problems = new NotedProblems();
        var items = List.of(operations).stream()
                .map(text -> Json.parse(text.replace('\'', '"')))
                .toList();
        OperationCheck.check(items, schema, problems);
        return problems.found();
    }

    private static Column column(String name, LogicalType type) {
        return new Column(name, type, true, Optional.empty());
    }
}
