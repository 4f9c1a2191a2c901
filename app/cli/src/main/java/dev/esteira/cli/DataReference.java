package dev.esteira.cli;

import dev.esteira.client.BundleFile;
import dev.esteira.client.EsteiraClient;
import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a command names as data. */
sealed interface DataReference {

    /** How people may write it. */
    String FORMS = "a .csv or .parquet file, the id of a data set or its first digits, or RUN/STEP/OUTPUT";

    /** A file of this machine. */
    record Local(Path file) implements DataReference {}

    /** A data set of the server. */
    record Stored(Digest digest) implements DataReference {}

    /**
     * Finds out what a text names.
     *
     * @throws EsteiraException UNKNOWN_DATA, FILE_NOT_FOUND
     */
    static DataReference of(String text, EsteiraClient client) {
        var file = Path.of(text);
        if (Files.exists(file)) {
            return new Local(file);
        }
        var digits = text.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        if (digits.matches("[0-9a-f]{6,64}")) {
            return new Stored(byDigits(digits, client));
        }
        var parts = List.of(text.split("/", -1));
        if (parts.size() == 3 && parts.getFirst().matches("[0-9a-z]{26}")) {
            return new Stored(output(parts, client));
        }
        if (text.endsWith(".csv") || text.endsWith(".parquet")) {
            throw BundleFile.missing(file, "There is no file " + text + ".");
        }
        throw unknown("'" + text + "' is neither a file nor a data set.");
    }

    private static Digest byDigits(String digits, EsteiraClient client) {
        if (digits.length() == 64) {
            return Digest.parse("sha256:" + digits);
        }
        var found = client.list("/api/v1/datasets", Integer.MAX_VALUE).stream()
                .flatMap(set -> set.text("id").stream())
                .filter(id -> id.startsWith(digits))
                .toList();
        if (found.size() > 1) {
            throw unknown("The digits " + digits + " begin the ids of " + found.size() + " data sets.");
        }
        return found.stream()
                .findFirst()
                .map(id -> Digest.parse("sha256:" + id))
                .orElseThrow(() -> unknown("There is no file and no data set " + digits + "."));
    }

    private static Digest output(List<String> parts, EsteiraClient client) {
        var step = client.step(parts.get(0), parts.get(1));
        var output = step.fields("outputs").fields(parts.get(2));
        if (!output.text("type").orElse("").equals("Dataset")) {
            throw new EsteiraException(
                    CliErrorCode.UNKNOWN_DATA,
                    "Step '" + parts.get(1) + "' has no data set '" + parts.get(2) + "'.",
                    "Its outputs are "
                            + String.join(", ", step.fields("outputs").entries().keySet()) + ".");
        }
        return Digest.parse(output.text("digest").orElse(""));
    }

    private static EsteiraException unknown(String message) {
        return new EsteiraException(
                CliErrorCode.UNKNOWN_DATA,
                message,
                "Name " + FORMS + "; '" + Program.name() + " data list' shows the data sets.");
    }

    /** A data set as the server describes it, with {@code schema} and {@code profile}. */
    static Value.Fields described(EsteiraClient client, Digest digest) {
        var address = "/api/v1/datasets/" + digest;
        return client.get(address).with("profile", client.get(address + "/profile"));
    }
}
