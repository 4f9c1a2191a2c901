package dev.esteira.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What sources may look like. */
final class SourceRules {

    private static final int METHOD_LINES_MAX = 70;
    private static final int FILE_LINES_MAX = 500;

    private static final List<String> BANNED_IMPORTS = List.of(
            "org.mockito.",
            "org.powermock.",
            "org.easymock.",
            "org.h2.",
            "lombok.",
            "com.google.inject.",
            "jakarta.inject.",
            "javax.inject.",
            "javax.annotation.",
            "org.jetbrains.annotations.",
            "org.junit.Assert",
            "org.junit.Test",
            "junit.framework.",
            "org.junit.jupiter.api.Assertions",
            "org.junit.jupiter.api.Disabled",
            "java.util.logging.",
            "org.apache.log4j.",
            "sun.",
            "org.jpmml.",
            "smile.");

    /** Below com.sun, but exported and documented for everyone. */
    private static final List<String> SUPPORTED = List.of("com.sun.management.", "com.sun.net.httpserver.");

    /** CEL's own interface speaks in Guava's collections. */
    private static final Set<String> MAY_USE_GUAVA = Set.of("platform/expression");

    /** The JDK's compiler is what reads the sources here. */
    private static final Set<String> MAY_USE_COMPILER = Set.of("tests/architecture");

    private static final Pattern SHADED = Pattern.compile(".*\\.(shaded|shade|repackaged|relocated|thirdparty)\\..*");

    private static final Pattern UNFINISHED = Pattern.compile(
            "\\b(TODO|FIXME|XXX|HACK)\\b|\\bnot (yet )?implemented\\b|\\bplaceholder implementation\\b|\\bfor now\\b"
                    + "|\\bin a real (system|implementation)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern MACHINE_PATH = Pattern.compile("(^|[^A-Za-z0-9_.])/(root|work|farm|home/[a-z]+)/");

    private static final Pattern SWALLOWED = Pattern.compile("catch \\([^)]*\\) \\{\\s*\\}");

    /** What steps are called in a pipeline file; only those who bring a kind know its name. */
    private static final Set<String> STEP_KINDS = Set.of(
            "ingest",
            "split",
            "transform",
            "validate",
            "train",
            "tune",
            "evaluate",
            "gate",
            "register",
            "approve",
            "deploy",
            "monitor");

    /** Warnings that are switched off, by type and name, each with its reason. */
    private static final Map<String, String> SUPPRESSED = Map.of(
            "Matrix \"ArrayRecordComponent\"",
            "hundreds of MiB of cells are shared, and the Javadoc says so",
            "ProcessEnd \"restricted\"",
            "the one call of the C library; the launcher enables native access");

    private SourceRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("no method is longer than 70 lines", SourceRules::longMethods),
                new Rule("no file is longer than 500 lines", SourceRules::longFiles),
                new Rule("no banned import", SourceRules::bannedImports),
                new Rule("nothing is left unfinished", SourceRules::unfinished),
                new Rule("no path of a machine", SourceRules::machinePaths),
                new Rule("no exception is swallowed", SourceRules::swallowed),
                new Rule("the engine names no step kind", SourceRules::engineKinds),
                new Rule("public types and methods say what they promise", SourceRules::undocumented),
                new Rule("every package says what it is", SourceRules::packageDocs),
                new Rule("records copy the collections they are given", SourceRules::copies),
                new Rule("no warning is switched off", SourceRules::suppressions));
    }

    private static List<String> longMethods(House house) {
        return house.sources().stream()
                .flatMap(source -> source.methods().stream()
                        .filter(method -> method.lines() > METHOD_LINES_MAX)
                        .map(method ->
                                source.at(method.line()) + " " + method.name() + " has " + method.lines() + " lines"))
                .toList();
    }

    private static List<String> longFiles(House house) {
        return house.sources().stream()
                .filter(source -> source.lines() > FILE_LINES_MAX)
                .map(source -> source.at(source.lines()) + " has " + source.lines() + " lines")
                .toList();
    }

    private static List<String> bannedImports(House house) {
        return house.sources().stream()
                .flatMap(source -> source.imports().stream()
                        .filter(name -> banned(source, name))
                        .map(name -> source.at(1) + " imports " + name))
                .toList();
    }

    private static boolean banned(Source source, String name) {
        return BANNED_IMPORTS.stream().anyMatch(name::startsWith)
                || (name.startsWith("com.google.common.")
                        && !MAY_USE_GUAVA.contains(source.module().folder()))
                || SHADED.matcher(name).matches()
                || (name.startsWith("com.sun.")
                        && SUPPORTED.stream().noneMatch(name::startsWith)
                        && !MAY_USE_COMPILER.contains(source.module().folder()));
    }

    private static List<String> unfinished(House house) {
        return lines(house.mainSources().stream(), UNFINISHED);
    }

    private static List<String> machinePaths(House house) {
        return lines(house.sources().stream().filter(SourceRules::notThisFile), MACHINE_PATH);
    }

    private static boolean notThisFile(Source source) {
        return !source.module().folder().equals("tests/architecture");
    }

    private static List<String> lines(Stream<Source> sources, Pattern pattern) {
        return sources.flatMap(source -> {
                    var found = new ArrayList<String>();
                    var number = 0;
                    for (var line : source.text().lines().toList()) {
                        number++;
                        if (pattern.matcher(line).find()) {
                            found.add(source.at(number) + " " + line.strip());
                        }
                    }
                    return found.stream();
                })
                .toList();
    }

    private static List<String> swallowed(House house) {
        return house.mainSources().stream()
                .filter(source -> SWALLOWED.matcher(source.text()).find())
                .map(source -> source.at(1) + " catches an exception and says nothing about it")
                .toList();
    }

    private static List<String> engineKinds(House house) {
        return house.mainSources().stream()
                .filter(source -> source.module().folder().equals("feature/pipeline"))
                .flatMap(source -> source.strings().stream()
                        .filter(literal -> STEP_KINDS.contains(literal.value()))
                        .map(literal -> source.at(literal.line()) + " names the step kind " + literal.value()))
                .toList();
    }

    private static List<String> undocumented(House house) {
        return house.mainSources().stream()
                .flatMap(source -> source.undocumented().stream()
                        .map(method -> source.at(method.line()) + " " + method.name() + " has no Javadoc"))
                .toList();
    }

    private static List<String> copies(House house) {
        return house.mainSources().stream()
                .flatMap(source -> source.uncopied().stream()
                        .map(field -> source.at(field.line()) + " " + field.value()
                                + " is a collection that the caller may change"))
                .toList();
    }

    private static List<String> suppressions(House house) {
        return house.sources().stream()
                .flatMap(source -> source.suppressions().stream()
                        .filter(warning -> !SUPPRESSED.containsKey(source.typeName() + " " + warning.value()))
                        .map(warning -> source.at(warning.line()) + " switches off " + warning.value()))
                .toList();
    }

    private static List<String> packageDocs(House house) {
        Predicate<Source> documented = source -> source.text().startsWith("/**");
        return house.mainSources().stream()
                .filter(source -> source.typeName().equals("package-info"))
                .filter(documented.negate())
                .map(source -> source.at(1) + " does not say what the package is")
                .toList();
    }
}
