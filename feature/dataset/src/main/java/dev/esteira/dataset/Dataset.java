package dev.esteira.dataset;

import dev.esteira.document.Json;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Role;
import dev.esteira.kernel.Schema;
import dev.esteira.kernel.Value;
import dev.esteira.spi.Artifact;
import dev.esteira.spi.ArtifactFile;
import dev.esteira.spi.ResolveContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A data set whose files are on the local disk: a Parquet file in a total order, what its columns are, and its profile.
 * Immutable.
 *
 * @param orderBy the columns that the rows are ordered by, before ties are broken
 * @param parquet the rows; read-only
 * @param profileDocument the stored profile; read-only
 */
public record Dataset(Schema schema, List<String> orderBy, long rows, Path parquet, Path profileDocument) {

    /** The file of the rows in an artifact. */
    public static final String DATA_FILE = "data.parquet";

    /** The file that says what the columns are. */
    public static final String DESCRIPTION_FILE = "dataset.json";

    /** The file with the profile. */
    public static final String PROFILE_FILE = "profile.json";

    public Dataset {
        orderBy = List.copyOf(orderBy);
    }

    /**
     * The data set that an artifact holds.
     *
     * @throws IOException when its files cannot be fetched
     * @throws EsteiraException DATASET_MALFORMED when it is not a data set
     */
    public static Dataset read(ResolveContext context, Artifact artifact) throws IOException {
        return described(
                context.local(file(artifact, DESCRIPTION_FILE)),
                context.local(file(artifact, DATA_FILE)),
                context.local(file(artifact, PROFILE_FILE)));
    }

    /**
     * The data set whose files lie in one folder.
     *
     * @throws IOException when they cannot be read
     * @throws EsteiraException DATASET_MALFORMED when it is not a data set
     */
    public static Dataset in(Path folder) throws IOException {
        return described(folder.resolve(DESCRIPTION_FILE), folder.resolve(DATA_FILE), folder.resolve(PROFILE_FILE));
    }

    /** What stands in an SQL FROM for the rows, in their order when nothing else is asked. The session must be allowed to read {@link #parquet()}. */
    public String relation() {
        return "read_parquet(" + DataEngine.literal(parquet.toAbsolutePath().toString()) + ")";
    }

    /** The name that no column may have, since the engine numbers rows by it. */
    static final String ROW_NUMBER = "file_row_number";

    /** The same with the place of each row, from 0, as the column {@code file_row_number}. */
    public String numberedRelation() {
        return "read_parquet(" + DataEngine.literal(parquet.toAbsolutePath().toString()) + ", file_row_number = true)";
    }

    /**
     * The profile.
     *
     * @throws IOException when it cannot be read
     */
    public DatasetProfile profile() throws IOException {
        return DatasetProfile.of(Json.parseFields(Files.readString(profileDocument)));
    }

    /** The same data set with other roles, of which the columns without one keep theirs. */
    Dataset withRoles(Map<String, Role> roles) {
        return new Dataset(Roles.apply(schema, roles), orderBy, rows, parquet, profileDocument);
    }

    private static Dataset described(Path description, Path parquet, Path profile) throws IOException {
        var document = DatasetDocument.of(Json.parseFields(Files.readString(description)));
        return new Dataset(document.schema(), document.orderBy(), document.rows(), parquet, profile);
    }

    private static ArtifactFile file(Artifact artifact, String path) {
        var file = artifact.file(path);
        return file.orElseThrow(() -> new EsteiraException(
                DatasetErrorCode.DATASET_MALFORMED,
                "The artifact " + artifact.digest() + " is a " + artifact.type().text() + " without " + path + ".",
                "Use a data set here."));
    }

    /** The figures that stand beside the artifact for people and decisions. */
    Value.Fields summary() {
        return DatasetDocument.summary(schema, rows);
    }
}
