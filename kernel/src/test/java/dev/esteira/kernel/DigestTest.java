package dev.esteira.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DigestTest {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheStandardsSha256() {
        assertThat(Digest.ofText("abc").hex()).isEqualTo(OF_ABC);
        assertThat(Digest.ofText("").hex())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void digestsStreamsPieceByPiece() {
        var digest = Digest.sha256();
        digest.update("a".getBytes(StandardCharsets.UTF_8));
        digest.update("bc".getBytes(StandardCharsets.UTF_8));

        assertThat(Digest.ofFinished(digest)).isEqualTo(Digest.ofText("abc"));
    }

    @Test
    void readsWhatItWrites() {
        var digest = Digest.ofText("abc");

        assertThat(digest).hasToString("sha256:" + OF_ABC);
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Digest.parse(OF_ABC)).isEqualTo(digest);
        assertThat(digest.abbreviated()).isEqualTo("ba7816bf8f01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:", "abc", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
