package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whoever implements an interface of the house passes its contract. */
final class ContractRules {

    /** Interfaces whose implementations are held to their contract in another way, each with the reason. */
    private static final Map<String, String> HELD_OTHERWISE = Map.of(
            "dev.esteira.kernel.ErrorCode", "enums of constants; ErrorCodesTest looks at every one of them",
            "dev.esteira.http.Guard", "who may call differs by design; the tests of http send requests to each guard",
            "dev.esteira.spi.CheckContext", "given by the parser, not brought",
            "dev.esteira.spi.ResolveContext",
                    "given by the engine, not brought; the engine's tests run a step through both",
            "dev.esteira.spi.StepContext", "given by the engine, not brought",
            "dev.esteira.spi.Tx", "says nothing");

    /** Suites that ask more than one interface, by interface. */
    private static final Map<String, String> SUITES = Map.of(
            "dev.esteira.spi.Execution$Body", "StepKindContract",
            "dev.esteira.spi.Execution$ChildBody", "StepKindContract",
            "dev.esteira.spi.Execution$OutsideBody", "StepKindContract",
            "dev.esteira.quality.CheckKind$OfRows", "CheckKindContractTest",
            "dev.esteira.quality.CheckKind$OfTable", "CheckKindContractTest",
            "dev.esteira.quality.CheckKind$OfParts", "CheckKindContractTest");

    private ContractRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("an interface that others implement has a contract suite", ContractRules::suites),
                new Rule("every implementation passes the contract of its interface", ContractRules::passed));
    }

    private static List<String> suites(House house) {
        return held(house)
                .filter(type -> suite(house, type).isEmpty())
                .map(type -> type.getName() + " is implemented by " + names(implementations(house, type))
                        + " and has no " + suiteName(type))
                .sorted()
                .toList();
    }

    private static List<String> passed(House house) {
        return held(house)
                .flatMap(type -> suite(house, type).stream()
                        .flatMap(suite -> implementations(house, type).stream()
                                .filter(implementation -> !passes(house, suite, implementation))
                                .map(implementation ->
                                        implementation.getSimpleName() + " passes no " + suite.typeName())))
                .sorted()
                .toList();
    }

    /** What plugins bring needs a contract from the first implementation on, anything else from the second. */
    private static Stream<JavaClass> held(House house) {
        return house.classes().stream()
                .filter(ContractRules::isOpenInterface)
                .filter(type -> !HELD_OTHERWISE.containsKey(type.getName()))
                .filter(type -> implementations(house, type).size() >= (inSpi(house, type) ? 1 : 2));
    }

    private static boolean inSpi(House house, JavaClass type) {
        return house.moduleOf(type).orElseThrow().folder().equals("spi");
    }

    private static String suiteName(JavaClass type) {
        return SUITES.getOrDefault(type.getName(), type.getSimpleName() + "Contract");
    }

    private static Optional<Source> suite(House house, JavaClass type) {
        return house.sources().stream()
                .filter(ContractRules::ofTests)
                .filter(source -> source.typeName().equals(suiteName(type)))
                .findFirst();
    }

    /** A suite that asks all names them itself; one that is extended is extended by a test beside the implementation. */
    private static boolean passes(House house, Source suite, JavaClass implementation) {
        var name = Pattern.compile("\\b" + implementation.getSimpleName() + "\\b");
        var module = house.moduleOf(implementation).orElseThrow();
        return house.sources().stream()
                .filter(ContractRules::ofTests)
                .filter(source -> source.typeName().equals(suite.typeName())
                        || (source.module().equals(module)
                                && source.supertypes().contains(suite.typeName())))
                .anyMatch(source -> name.matcher(source.text()).find());
    }

    private static boolean ofTests(Source source) {
        return !source.main() || !source.module().product();
    }

    /** A sealed interface is a choice of data; its switch is checked by the compiler. */
    private static boolean isOpenInterface(JavaClass type) {
        return type.isInterface() && !type.isAnnotation() && !isSealed(type);
    }

    private static boolean isSealed(JavaClass type) {
        return type.getSource()
                .map(source -> {
                    try (var in = source.getUri().toURL().openStream()) {
                        return ClassFile.of()
                                .parse(in.readAllBytes())
                                .findAttribute(Attributes.permittedSubclasses())
                                .isPresent();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse(false);
    }

    private static List<JavaClass> implementations(House house, JavaClass type) {
        return type.getAllSubclasses().stream()
                .filter(sub -> !sub.isInterface() && !sub.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(sub -> house.moduleOf(sub).isPresent())
                .filter(sub -> !sub.getSimpleName().isEmpty())
                .toList();
    }

    private static List<String> names(List<JavaClass> types) {
        return types.stream().map(JavaClass::getSimpleName).sorted().toList();
    }
}
