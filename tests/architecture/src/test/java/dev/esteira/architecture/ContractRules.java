package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whoever implements an interface of the house passes its contract. */
final class ContractRules {

    /** Interfaces whose implementations are held to their contract in another way, or are not yet, each with the reason. */
    private static final Map<String, String> HELD_OTHERWISE = Map.of(
            "dev.esteira.kernel.ErrorCode", "enums of constants; ErrorCodesTest looks at every one of them",
            "dev.esteira.http.Guard", "who may call differs by design; the tests of http send requests to each guard",
            "dev.esteira.spi.ResolveContext",
                    "given by the engine, not brought; the engine's tests run a step through both",
            "dev.esteira.spi.Execution$ChildBody", "gap: each step's own tests start its child",
            "dev.esteira.spi.StepKind", "gap: each feature tests its kinds; no suite asks all kinds the same questions",
            "dev.esteira.spi.Sink", "gap: each feature tests its sink with the engine's transaction",
            "dev.esteira.quality.CheckKind$OfRows", "gap: each check has verdicts of its own",
            "dev.esteira.quality.CheckKind$OfTable", "gap: each check has verdicts of its own",
            "dev.esteira.quality.CheckKind$OfParts", "gap: each check has verdicts of its own");

    private static final int KINDS_THAT_NEED_A_CONTRACT = 2;

    private ContractRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("an interface with several implementations has a contract suite", ContractRules::contracts));
    }

    private static List<String> contracts(House house) {
        var suites = house.sources().stream()
                .filter(source -> !source.main() || !source.module().product())
                .map(Source::typeName)
                .collect(Collectors.toSet());
        return house.classes().stream()
                .filter(ContractRules::isOpenInterface)
                .filter(type -> !HELD_OTHERWISE.containsKey(type.getName()))
                .filter(type -> implementations(house, type).size() >= KINDS_THAT_NEED_A_CONTRACT)
                .filter(type -> !hasSuite(type, suites))
                .map(type -> type.getName() + " is implemented by " + implementations(house, type) + " and has no "
                        + type.getSimpleName() + "Contract")
                .sorted()
                .toList();
    }

    private static boolean hasSuite(JavaClass type, Collection<String> suites) {
        return suites.contains(type.getSimpleName() + "Contract")
                || suites.contains(type.getSimpleName() + "ContractTest");
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

    private static Set<String> implementations(House house, JavaClass type) {
        return type.getAllSubclasses().stream()
                .filter(sub -> !sub.isInterface() && !sub.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(sub -> house.moduleOf(sub).isPresent())
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
