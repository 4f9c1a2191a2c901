package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    static final House HOUSE = House.at(root());

    /** Where the checkout lies; Maven says it to every test. */
    static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("esteira.root"), "esteira.root"));
    }

    static Stream<Rule> rules() {
        return Stream.of(ModuleRules.all(), CodeRules.all(), SourceRules.all(), ContractRules.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(Rule rule) {
        assertThat(rule.violations(HOUSE)).as(rule.name()).isEmpty();
    }

    @Test
    void looksAtEveryModuleThatHasSources() {
        var seen = HOUSE.classes().stream()
                .map(type -> HOUSE.moduleOf(type).orElseThrow().folder())
                .distinct()
                .toList();
        var withSources = HOUSE.modules().stream()
                .filter(House.Module::product)
                .filter(module -> !House.filesBelow(module.path().resolve("src/main/java"), ".java")
                        .isEmpty())
                .map(House.Module::folder)
                .toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(withSources);
        assertThat(withSources).contains("kernel", "spi").hasSizeGreaterThanOrEqualTo(18);
        assertThat(HOUSE.classes().size()).isGreaterThan(400);
    }

    @Test
    void isBuiltAfterEveryOtherModule() {
        var dependencies = Poms.allDependencies(root().resolve("tests/architecture/pom.xml"));
        var artifacts = HOUSE.modules().stream()
                .filter(House.Module::product)
                .map(module -> "esteira-" + module.path().getFileName())
                .toList();
        assertThat(dependencies).containsAll(artifacts);
    }

    @Test
    void everyFolderWithABuildFileIsAModule() {
        var listed = HOUSE.modules().stream().map(House.Module::folder).toList();
        var lying = Stream.of("kernel", "spi", "platform", "feature", "app", "plugin", "tests")
                .map(root()::resolve)
                .flatMap(HouseRulesTest::withBuildFile)
                .map(folder -> root().relativize(folder).toString())
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(lying);
    }

    @Test
    void everyPlaceInTheHouseIsAModuleAndStandsOnThePageAboutIt() {
        assertThat(HOUSE.modules()).extracting(House.Module::folder).containsExactlyElementsOf(ModuleRules.ORDER);
        var page = House.text(root().resolve("ARCHITECTURE.md"));
        assertThat(HOUSE.modules().stream().filter(House.Module::product))
                .allSatisfy(
                        module -> assertThat(page).contains("`" + module.path().getFileName() + "`"));
    }

    private static Stream<Path> withBuildFile(Path folder) {
        if (Files.exists(folder.resolve("pom.xml"))) {
            return Stream.of(folder);
        }
        var children = folder.toFile().listFiles();
        return children == null
                ? Stream.empty()
                : Stream.of(children)
                        .map(child -> child.toPath())
                        .filter(child -> Files.exists(child.resolve("pom.xml")));
    }
}
