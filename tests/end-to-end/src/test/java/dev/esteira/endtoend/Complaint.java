package dev.esteira.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a command says when it cannot do what it was asked for. */
record Complaint(Program.Ended ended) {

    static final int NO = 1;
    static final int MALFORMED = 2;
    static final int ENVIRONMENT = 3;

    /** It ended with a status, an error code and all of some words, and shows nobody a stack trace. */
    Complaint is(int status, String code, String... words) {
        assertThat(ended.messages()).contains("error " + code + ": ").contains(words);
        assertThat(ended.messages()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(ended.status()).as(ended.messages()).isEqualTo(status);
        return this;
    }

    /** Files of a data directory that are half written or belong to nothing. */
    static List<Path> leftovers(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".part")
                            || file.startsWith(data.resolve("artifacts/parts"))
                            || (file.startsWith(data.resolve("attempts"))
                                    && !file.getFileName().toString().equals("lease")))
                    .toList();
        }
    }
}
