package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.esteira.server.ServerKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated pages of docs/reference say what the code says; -Dupdate=true writes them. */
class ReferencesTest {

    @TempDir
    Path folder;

    static Stream<Reference> references() {
        return Stream.of(
                ErrorCodes.reference(HouseRulesTest.HOUSE),
                new Reference(
                        "configuration", () -> Reference.NOTE + ServerKeys.all().reference()),
                Commands.reference(),
                Checks.reference());
    }

    @ParameterizedTest
    @MethodSource("references")
    void saysWhatTheCodeSays(Reference reference) {
        var file = pages().resolve(reference.file() + ".md");
        var text = reference.text().get();
        if (Boolean.getBoolean("update")) {
            Fixture.write(file, text);
        }
        assertThat(file).as("run with -Dupdate=true to write it").hasContent(text);
    }

    @Test
    void noPageIsWrittenByHand() {
        var pages = House.filesBelow(pages(), ".md").stream()
                .map(page -> page.getFileName().toString().replace(".md", ""))
                .toList();
        assertThat(pages)
                .containsExactlyInAnyOrderElementsOf(
                        references().map(Reference::file).toList());
    }

    @Test
    void aPageThatDiffersIsNoticed() {
        var page = folder.resolve("page.md");
        Fixture.write(page, Reference.page("Limits", "All.", List.of("Name"), List.of()));
        var changed = Reference.page("Limits", "All.", List.of("Name"), List.of(List.of("a|b")));
        assertThat(House.text(page)).isNotEqualTo(changed);
        assertThat(changed).endsWith("| Name |\n| --- |\n| a\\|b |\n");
    }

    private static Path pages() {
        return HouseRulesTest.root().resolve("docs/reference");
    }
}
