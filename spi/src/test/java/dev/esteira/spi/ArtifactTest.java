package dev.esteira.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.esteira.kernel.Digest;
import dev.esteira.kernel.EsteiraException;
import dev.esteira.kernel.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArtifactTest {

    private static final ArtifactFile DATA = new ArtifactFile("data.parquet", Digest.ofText("rows"), 4);
    private static final ArtifactFile SCHEMA = new ArtifactFile("meta/dataset.json", Digest.ofText("{}"), 2);

    @Test
    void isTheSameWhateverOrderAndSummary() {
        var one = new Artifact(ArtifactType.DATASET, List.of(DATA, SCHEMA), Value.Fields.EMPTY);
        var other =
                new Artifact(ArtifactType.DATASET, List.of(SCHEMA, DATA), Value.Fields.EMPTY.with("rows", Value.of(7)));

        assertThat(one.digest()).isEqualTo(other.digest());
        assertThat(other.files()).containsExactly(DATA, SCHEMA);
        assertThat(one.size()).isEqualTo(6);
        assertThat(one.file("meta/dataset.json")).contains(SCHEMA);
        assertThat(one.file("nope")).isEmpty();
    }

    @Test
    void isIdentifiedByCanonicalJsonOfItsFiles() {
        var artifact = new Artifact(ArtifactType.BLOB, List.of(DATA), Value.Fields.EMPTY);

        assertThat(artifact.digest())
                .isEqualTo(Digest.ofText("[{\"path\":\"data.parquet\",\"sha256\":\""
                        + Digest.ofText("rows").hex() + "\",\"size\":4}]"));
    }

    @Test
    void isAnotherWithAnotherPathOrContent() {
        var one = new Artifact(ArtifactType.BLOB, List.of(DATA), Value.Fields.EMPTY);
        var moved = new ArtifactFile("rows.parquet", DATA.digest(), DATA.size());
        var changed = new ArtifactFile(DATA.path(), Digest.ofText("rowz"), DATA.size());

        assertThat(new Artifact(ArtifactType.BLOB, List.of(moved), Value.Fields.EMPTY).digest())
                .isNotEqualTo(one.digest());
        assertThat(new Artifact(ArtifactType.BLOB, List.of(changed), Value.Fields.EMPTY).digest())
                .isNotEqualTo(one.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b.json", ".hidden", "a..b", "model/python_env.yaml", "A-1/b_2/c.3"})
    void takesPathsThatTravel(String path) {
        assertThat(new ArtifactFile(path, DATA.digest(), 0).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/..", ".", "./a", "a/.", "a b", "a\\b", "é", "a\n"
            })
    void refusesPathsThatLeaveOrDoNotTravel(String path) {
        assertThatThrownBy(() -> new ArtifactFile(path, DATA.digest(), 0)).isInstanceOf(EsteiraException.class);
    }

    @Test
    void refusesAPathOfMoreThanFiveHundredCharacters() {
        assertThatThrownBy(() -> new ArtifactFile("a".repeat(501), DATA.digest(), 0))
                .isInstanceOf(EsteiraException.class);
    }
}
