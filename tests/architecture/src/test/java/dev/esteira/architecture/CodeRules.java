package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What compiled code may call, throw, be named and be annotated with. */
final class CodeRules {

    /** The few classes that read the machine's time or chance and hand them on, each with its reason. */
    private static final Map<String, String> SOURCES_OF_TIME_AND_CHANCE = Map.of(
            "dev.esteira.server.EsteiraServer", "puts the server together",
            "dev.esteira.cli.Sessions", "puts the command line's connection together",
            "dev.esteira.cli.Following", "draws for a person who waits",
            "dev.esteira.trainer.TrainerMain", "puts the trainer together");

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.system",
            "java.time.InstantSource.system",
            "java.time.ZoneId.systemDefault",
            "java.util.UUID.randomUUID",
            "java.lang.Math.random",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.security.SecureRandom.getInstanceStrong",
            "java.util.random.RandomGenerator.getDefault");

    private static final Set<String> UNSEEDED =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom", "java.util.Date");

    private static final Set<String> GENERIC_EXCEPTIONS =
            Set.of("java.lang.Throwable", "java.lang.Exception", "java.lang.RuntimeException", "java.lang.Error");

    private static final List<String> VAGUE_ENDINGS =
            List.of("Impl", "Util", "Utils", "Helper", "Helpers", "Manager", "Common", "Misc", "Base");

    /** Types that are made to be read from or written to JSON. */
    private static final List<String> WIRE_ENDINGS =
            List.of("Wire", "Request", "Response", "Resource", "Document", "Json");

    private static final List<String> OUTSIDE_ANNOTATIONS =
            List.of("com.fasterxml.jackson.", "jakarta.persistence.", "javax.persistence.", "java.sql.");

    private static final Set<String> MAY_PRINT = Set.of("app/cli", "app/trainer");

    private CodeRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule("time, ids and chance are passed in", CodeRules::passedIn),
                new Rule("only the command line and the trainer print", CodeRules::printing),
                new Rule("no exception without a meaning is thrown", CodeRules::exceptions),
                new Rule("every package is null-marked", CodeRules::nullMarked),
                new Rule("no type has a vague name", CodeRules::vagueNames),
                new Rule("no method is called get and then something", CodeRules::getters),
                new Rule("domain types carry no JSON or SQL annotation", CodeRules::domainTypes));
    }

    private static List<String> passedIn(House house) {
        return all(
                house,
                type -> !SOURCES_OF_TIME_AND_CHANCE.containsKey(outermost(type).getName()),
                type -> uses(type).filter(use -> readsMachine(use.getTarget())).map(use -> use.getDescription()));
    }

    private static boolean readsMachine(AccessTarget.CodeUnitAccessTarget target) {
        var owner = target.getOwner().getName();
        return CLOCKS.contains(owner + "." + target.getName())
                || (target.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                        && UNSEEDED.contains(owner)
                        && target.getRawParameterTypes().isEmpty());
    }

    private static Stream<? extends JavaCodeUnitAccess<?>> uses(JavaClass type) {
        return Stream.of(
                        type.getMethodCallsFromSelf(),
                        type.getMethodReferencesFromSelf(),
                        type.getConstructorCallsFromSelf(),
                        type.getConstructorReferencesFromSelf())
                .flatMap(Collection::stream);
    }

    private static List<String> printing(House house) {
        return all(
                house,
                type -> !MAY_PRINT.contains(house.moduleOf(type).orElseThrow().folder()),
                type -> Stream.concat(
                        type.getFieldAccessesFromSelf().stream()
                                .filter(access ->
                                        access.getTargetOwner().getName().equals("java.lang.System")
                                                && !access.getTarget().getName().equals("in"))
                                .map(access -> access.getDescription()),
                        uses(type)
                                .filter(use -> use.getTarget().getName().equals("printStackTrace")
                                        && use.getTarget()
                                                .getRawParameterTypes()
                                                .isEmpty())
                                .map(use -> use.getDescription())));
    }

    private static List<String> exceptions(House house) {
        return all(
                house,
                type -> true,
                type -> type.getConstructorCallsFromSelf().stream()
                        .filter(call -> GENERIC_EXCEPTIONS.contains(
                                call.getTargetOwner().getName()))
                        .filter(call -> !call.getOriginOwner().isAssignableTo(Throwable.class))
                        .map(call -> call.getDescription()));
    }

    private static List<String> nullMarked(House house) {
        return house.classes().stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(name -> !name.isAnnotatedWith(NullMarked.class))
                .map(name -> "Package " + name.getName() + " has no package-info with @NullMarked")
                .sorted()
                .toList();
    }

    private static List<String> vagueNames(House house) {
        return all(
                house,
                type -> VAGUE_ENDINGS.stream().anyMatch(type.getSimpleName()::endsWith),
                type -> Stream.of(type.getName() + " says nothing about what it is"));
    }

    private static List<String> getters(House house) {
        return all(
                house,
                type -> true,
                type -> type.getMethods().stream()
                        .filter(method -> method.getName().matches("get[A-Z].*"))
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(method -> !overridesLibrary(method))
                        .map(JavaMethod::getFullName));
    }

    private static boolean overridesLibrary(JavaMethod method) {
        var owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .filter(parent -> !parent.getName().startsWith("dev.esteira."))
                .anyMatch(parent -> named(parent, method.getName()));
    }

    private static boolean named(JavaClass type, String name) {
        return type.getMethods().stream().map(HasName::getName).anyMatch(name::equals);
    }

    private static List<String> domainTypes(House house) {
        return all(
                house,
                type -> house.moduleOf(type).orElseThrow().group().equals("feature") && type.isRecord() && !wire(type),
                type -> Stream.of(
                                type.getAnnotations().stream(),
                                type.getFields().stream().flatMap(field -> field.getAnnotations().stream()),
                                type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()))
                        .flatMap(annotations -> annotations)
                        .map(annotation -> annotation.getRawType().getName())
                        .filter(name -> OUTSIDE_ANNOTATIONS.stream().anyMatch(name::startsWith))
                        .map(name -> type.getName() + " carries " + name)
                        .distinct());
    }

    private static boolean wire(JavaClass type) {
        return WIRE_ENDINGS.stream()
                .anyMatch(ending -> type.getSimpleName().endsWith(ending)
                        || outermost(type).getSimpleName().endsWith(ending));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(CodeRules::outermost).orElse(type);
    }

    private static List<String> all(
            House house, Predicate<JavaClass> where, Function<JavaClass, Stream<String>> broken) {
        return house.classes().stream()
                .filter(where)
                .flatMap(broken)
                .distinct()
                .sorted()
                .toList();
    }
}
