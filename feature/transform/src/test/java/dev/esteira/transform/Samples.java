package dev.esteira.transform;

import dev.esteira.dataset.DataEngine;
import dev.esteira.dataset.DatasetOptions;
import dev.esteira.dataset.DatasetWriter;
import dev.esteira.document.Json;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ChildJvm;
import dev.esteira.testing.FolderAttempt;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Real data sets, and children with the class path of the tests. */
final class Samples {

    static final DataEngine ENGINE = new DataEngine(256L << 20);

    private Samples() {}

    /** A stored data set. */
    record Stored(Artifact artifact, Schema schema) {}

    static Value.Fields json(String text) {
        return Json.parseFields(text.replace('\'', '"'));
    }

    /** Writes rows into the contents that a contract's attempts share. */
    static Stored dataset(Path folder, String query, Map<String, Role> roles) throws Exception {
        var attempt = new FolderAttempt(folder, Value.Fields.EMPTY, Value.Fields.EMPTY);
        try (var session = ENGINE.open(attempt.directory(), 1, List.of())) {
            var dataset = new DatasetWriter(session)
                    .write(
                            query,
                            List.of(),
                            new DatasetOptions(roles, List.of()),
                            session.directory().resolve("data"));
            return new Stored(DatasetWriter.publish(attempt, dataset), dataset.schema());
        }
    }

    static ChildJvm jvm() {
        var classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return new ChildJvm(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                List.of("--enable-native-access=ALL-UNNAMED"));
    }
}
