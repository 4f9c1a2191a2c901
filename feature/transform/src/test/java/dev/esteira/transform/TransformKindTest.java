package dev.esteira.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.Value;
import dev.esteira.spi.ChildJvm;
import dev.esteira.spi.StepSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformKindTest {

    private static final TransformKind KIND =
            new TransformKind(new DataEngine(256 << 20), new ChildJvm(Path.of("java"), List.of(), List.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "false; {'sql': {'text': 'select 1'}}",
                "false; {'ops': [{'scale': {'columns': ['a']}}, {'encode': {'columns': ['b']}}]}",
                "true; {'ops': [{'scale': {'columns': ['a']}}, {'encode': {'columns': ['b'], 'with': 'target'}}]}"
            })
    void onlyTheFoldsOfATargetEncodingAreDrawn(boolean seeded, String fields) {
        assertThat(KIND.seeded(spec(fields))).isEqualTo(seeded);
    }

    @Test
    void whatTheWriterOfDataSetsIsBelongsToTheKind() {
        assertThat(KIND.implementation()).contains(DatasetWriter.IMPLEMENTATION);
    }

    private static StepSpec spec(String fields) {
        return new StepSpec("step", Json.parseFields(fields.replace('\'', '"')), Value.Fields.EMPTY);
    }
}
