package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** A copy of the flight example in which a test changes things. */
final class FlightsCopy {

    private final Path folder;

    FlightsCopy(Path folder) throws IOException {
        this.folder = folder;
        var example = UndisturbedRun.PIPELINE.getParent();
        try (var files = Files.walk(example)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var target = folder.resolve(example.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    Path pipeline() {
        return folder.resolve(UndisturbedRun.PIPELINE.getFileName());
    }

    /** Changes the text of a file, which must be another one afterwards. */
    void edit(String path, UnaryOperator<String> change) throws IOException {
        var file = folder.resolve(path);
        var before = Files.readString(file);
        var after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    void editPipeline(UnaryOperator<String> change) throws IOException {
        edit(pipeline().getFileName().toString(), change);
    }

    /** Gives one aircraft one more seat. */
    void addASeat(String tailNumber) throws IOException, SQLException {
        var table = folder.resolve("data/planes.parquet");
        var changed = folder.resolve("data/changed.parquet");
        try (var database = DriverManager.getConnection("jdbc:duckdb:");
                var statement = database.createStatement()) {
            try (var rows = statement.executeQuery(
                    "select count(*) from '" + table + "' where tailnum = '" + tailNumber + "'")) {
                rows.next();
                assertThat(rows.getLong(1)).isOne();
            }
            statement.execute("copy (select * replace (if(tailnum = '" + tailNumber
                    + "', seats + 1, seats) as seats) from '" + table + "') to '" + changed
                    + "' (format parquet, compression zstd)");
        }
        Files.move(changed, table, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
