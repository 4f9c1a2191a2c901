package dev.esteira.dataset;

import dev.esteira.spi.StepKind;
import dev.esteira.testing.StepKindContract;
import dev.esteira.testing.StepSample;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

class IngestCsvContractTest extends StepKindContract {

    @Override
    protected StepKind kind() {
        return new IngestKind(Frames.ENGINE);
    }

    @Override
    protected StepSample sample() throws IOException {
        var bundle = Files.createDirectories(folder.resolve("bundle"));
        Files.writeString(
                bundle.resolve("people.csv"), "id;name;born\n2;Ana;1990-01-02\n1;Rui;NA\n3;\"a;b\";2001-12-31\n");
        return StepSample.of(Frames.json("""
                        {'source': {'csv': {'path': 'people.csv', 'delimiter': ';', 'header': true, 'nullTokens': ['NA'],
                                            'columns': {'id': 'integer', 'born': 'date'}}},
                         'roles': {'id': 'id'}}"""), bundle, Map.of());
    }
}
