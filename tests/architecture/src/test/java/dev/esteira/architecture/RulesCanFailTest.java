package dev.esteira.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds its violation in a house that has one, and nothing in a house that has none. */
class RulesCanFailTest {

    private static final String CLEAN = "/** Adds. */\npublic final class Sum {\n    private Sum() {}\n\n"
            + "    /** The sum. */\n    public static int of(int a, int b) {\n        return a + b;\n    }\n}";

    @TempDir
    Path folder;

    @TempDir
    private static Path cleanFolder;

    private static House clean;

    @BeforeAll
    static void buildCleanHouse() {
        clean = cleanHouse(cleanFolder).build();
    }

    /** By the rule's name: what breaks it, and a part of what the rule must say. */
    private static final Map<String, Violation> VIOLATIONS = violations();

    private record Violation(UnaryOperator<Fixture> breaks, String says) {}

    private static Map<String, Violation> violations() {
        var all = new LinkedHashMap<String, Violation>();
        moduleViolations(all);
        codeViolations(all);
        sourceViolations(all);
        contractViolations(all);
        return all;
    }

    private static void contractViolations(Map<String, Violation> all) {
        all.put(
                "an interface that others implement has a contract suite",
                type(
                        "feature/registry",
                        "Place",
                        "interface Place { record Near() implements Place {} record Far() implements Place {} }",
                        "has no PlaceContract"));
        all.put(
                "every implementation passes the contract of its interface",
                new Violation(
                        fixture -> fixture.type("feature/registry", "Place", "interface Place {}")
                                .type("feature/registry", "Near", "record Near() implements Place {}")
                                .type("feature/registry", "Far", "record Far() implements Place {}")
                                .test("feature/registry", "PlaceContract", "abstract class PlaceContract {}")
                                .test(
                                        "feature/registry",
                                        "NearTest",
                                        "class NearTest extends PlaceContract { Near place; }"),
                        "Far passes no PlaceContract"));
    }

    private static void moduleViolations(Map<String, Violation> all) {
        all.put(
                "modules use only what comes before them in the house",
                type("feature/access", "Early", "class Early { dev.esteira.registry.Sum later; }", "feature/registry"));
        all.put(
                "modules stand in the order of the house",
                new Violation(
                        fixture -> fixture.module("feature/unheard-of"),
                        "feature/unheard-of has no place in the house"));
        all.put(
                "packages have no cycles",
                type("kernel", "Down", "class Down { dev.esteira.access.Uses up; }", "is in a cycle"));
        all.put(
                "the spi needs nothing but the JDK, JSpecify and the kernel",
                type("spi", "Fat", "interface Fat { org.assertj.core.api.Condition<String> condition(); }", "assertj"));
        all.put(
                "the kernel needs nothing but the JDK and JSpecify",
                type(
                        "kernel",
                        "Fat",
                        "interface Fat { org.assertj.core.api.Condition<String> condition(); }",
                        "assertj"));
        all.put(
                "a library with one home is used there only",
                type("feature/registry", "Lost", "class Lost { picocli.CommandLine line; }", "picocli"));
        all.put(
                "every module has one package tree of its own",
                new Violation(
                        fixture -> fixture.file(
                                "feature/registry", "Astray", "package dev.esteira.elsewhere;\n\nclass Astray {}\n"),
                        "dev.esteira.elsewhere"));
    }

    private static void codeViolations(Map<String, Violation> all) {
        all.put(
                "time, ids and chance are passed in",
                type(
                        "feature/registry",
                        "Now",
                        "class Now { java.util.function.Supplier<java.time.Instant> now = java.time.Instant::now; }",
                        "Instant.now"));
        all.put(
                "only the command line and the trainer print",
                type("feature/registry", "Loud", "class Loud { Loud() { System.out.println(1); } }", "System.out"));
        all.put(
                "no exception without a meaning is thrown",
                type(
                        "feature/registry",
                        "Vague",
                        "class Vague { void fail() { throw new RuntimeException(\"no\"); } }",
                        "RuntimeException"));
        all.put(
                "every package is null-marked",
                new Violation(
                        fixture -> fixture.file(
                                "feature/registry",
                                "package-info",
                                "/** A package. */\npackage dev.esteira.registry;\n"),
                        "dev.esteira.registry"));
        all.put(
                "no type has a vague name",
                type("feature/registry", "ModelUtils", "class ModelUtils {}", "ModelUtils"));
        all.put(
                "no method is called get and then something",
                type("feature/registry", "Bean", "class Bean { int getSize() { return 1; } }", "getSize"));
        all.put(
                "domain types carry no JSON or SQL annotation",
                type(
                        "feature/registry",
                        "Version",
                        "record Version(@com.fasterxml.jackson.annotation.JsonProperty(\"n\") int number) {}",
                        "JsonProperty"));
    }

    private static void sourceViolations(Map<String, Violation> all) {
        all.put(
                "no method is longer than 70 lines",
                type("feature/registry", "Long", "class Long { void all() {" + "\n;".repeat(70) + "\n} }", "72 lines"));
        all.put(
                "no file is longer than 500 lines",
                type("feature/registry", "Huge", "class Huge {" + "\n//".repeat(500) + "\n}", "504 lines"));
        all.put(
                "no banned import",
                type(
                        "feature/registry",
                        "Mix",
                        "import java.util.logging.Logger;\n\nclass Mix { Logger log; }",
                        "logging"));
        all.put(
                "nothing is left unfinished",
                type("feature/registry", "Half", "class Half {\n// TO" + "DO the rest\n}", "the rest"));
        all.put(
                "no path of a machine",
                type("feature/registry", "Home", "class Home { String home = \"/ro" + "ot/data\"; }", "data"));
        all.put(
                "no exception is swallowed",
                type(
                        "feature/registry",
                        "Quiet",
                        "class Quiet { void go() { try { wait(); } catch (InterruptedException e) {} } }",
                        "says nothing about it"));
        all.put(
                "the engine names no step kind",
                type(
                        "feature/pipeline",
                        "Knows",
                        "class Knows { boolean is(String k) { return k.equals(\"train\"); } }",
                        "train"));
        all.put(
                "public types and methods say what they promise",
                type("feature/registry", "Silent", "public class Silent {}", "Silent has no Javadoc"));
        all.put(
                "records copy the collections they are given",
                type(
                        "feature/registry",
                        "Tags",
                        "record Tags(java.util.List<String> tags, java.util.Set<String> more) { Tags { tags = java.util.List.copyOf(tags); } }",
                        "Tags.more"));
        all.put(
                "no warning is switched off",
                type(
                        "feature/registry",
                        "Hidden",
                        "@SuppressWarnings(\"unchecked\") class Hidden {}",
                        "switches off \"unchecked\""));
        all.put(
                "every package says what it is",
                new Violation(
                        fixture -> fixture.file(
                                "feature/registry",
                                "package-info",
                                "@org.jspecify.annotations.NullMarked\npackage dev.esteira.registry;\n"),
                        "does not say"));
    }

    private static Violation type(String module, String name, String body, String says) {
        return new Violation(fixture -> fixture.type(module, name, body), says);
    }

    static Stream<Rule> rules() {
        return HouseRulesTest.rules();
    }

    @Test
    void everyRuleHasAHouseThatBreaksIt() {
        assertThat(VIOLATIONS.keySet())
                .containsExactlyInAnyOrderElementsOf(rules().map(Rule::name).toList());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsNothingInACleanHouse(Rule rule) {
        assertThat(rule.violations(clean)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsTheViolation(Rule rule) {
        var violation = VIOLATIONS.get(rule.name());
        var house = violation.breaks().apply(cleanHouse(folder)).build();
        assertThat(rule.violations(house)).isNotEmpty().anyMatch(line -> line.contains(violation.says()));
    }

    private static Fixture cleanHouse(Path folder) {
        return new Fixture(folder)
                .module("kernel")
                .type("kernel", "Sum", CLEAN)
                .module("spi")
                .module("feature/access")
                .type(
                        "feature/access",
                        "Uses",
                        "/** Uses. */\npublic final class Uses {\n    dev.esteira.kernel.Sum sum;\n}")
                .module("feature/registry")
                .type("feature/registry", "Sum", CLEAN)
                .module("feature/pipeline");
    }
}
