package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.esteira.document.Json;
import dev.esteira.server.EsteiraServer;
import dev.esteira.server.ServerKeys;
import dev.esteira.server.ServerSettings;
import dev.esteira.spi.StepKind;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
                Checks.reference(),
                Limits.reference(HouseRulesTest.HOUSE),
                Operations.reference(),
                StepKinds.reference(),
                MetricsPage.reference());
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
    void everyKindOfStepStandsOnItsPage() {
        var kinds = HouseRulesTest.HOUSE.classes().stream()
                .filter(type -> type.isAssignableTo(StepKind.class) && !type.isInterface())
                .map(JavaClass::getName)
                .toList();
        assertThat(StepKinds.all())
                .extracting(kind -> kind.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(kinds);
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
    void everyConstantThatIsCalledLikeALimitStandsOnThePage() {
        assertThat(Limits.unmarked(HouseRulesTest.HOUSE.classes()))
                .as("mark them with @Limit, or count them among those that look inward")
                .isEmpty();
        var unmarked = new ClassFileImporter().importClass(Unmarked.class);
        assertThat(Limits.unmarked(List.of(unmarked))).hasSize(1);
        assertThat(Unmarked.ROWS_MAX).isPositive();
    }

    /** Holds a limit that nobody is told of. */
    private static final class Unmarked {
        static final int ROWS_MAX = 5;
    }

    @Test
    void theDescriptionOfTheApiIsWhatTheServerAnswers() throws Exception {
        var settings = new ServerSettings(
                folder.resolve("data"),
                "127.0.0.1",
                OptionalInt.of(0),
                Optional.empty(),
                ServerSettings.Manner.STANDALONE);
        try (var server = new EsteiraServer(settings);
                var client = HttpClient.newHttpClient()) {
            server.start();
            var request = HttpRequest.newBuilder(server.address().resolve("/openapi.json"))
                    .build();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            var text = Json.pretty(Json.parse(answer.body())) + "\n";
            var file = pages().resolve("openapi.json");
            if (Boolean.getBoolean("update")) {
                Fixture.write(file, text);
            }
            assertThat(file).as("run with -Dupdate=true to write it").hasContent(text);
        }
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
