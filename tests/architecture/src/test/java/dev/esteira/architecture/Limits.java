package dev.esteira.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.esteira.kernel.Limit;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every limit that the code enforces, read where the code reads it. */
final class Limits {

    private static final String INTRODUCTION = "What has an end, and where it is. Beyond a limit the answer is an error"
            + " that names it, unless the line says otherwise. Sizes of what is written to disk are limited by the disk.";

    /** What a constant is called that limits something. */
    private static final Pattern NAME = Pattern.compile("(MAX|MOST)_.*|.*_(MAX|LIMIT)|LONGEST|DEEPEST|MOST");

    /** What nobody runs into: it bounds how something is done, not what can be done. */
    private static final Set<String> INWARD = Set.of(
            "dev.esteira.store.DataDirectory.PORT_MAX",
            "dev.esteira.store.PostgresDatabase.ATTEMPTS_MAX",
            "dev.esteira.store.PostgresDatabase.PAUSE_MS_MAX",
            "dev.esteira.store.SqliteConnections.JOURNAL_BYTES_MAX",
            "dev.esteira.store.StatementCache.STATEMENTS_MAX",
            "dev.esteira.work.RetryPolicy.DOUBLINGS_MAX");

    /** Its constants say how much is printed. */
    private static final String COMMAND_LINE = "dev.esteira.cli";

    private static final Set<String> NUMBERS = Set.of("int", "long", Duration.class.getName());

    private Limits() {}

    /** A limit of a feature. */
    private record Line(String feature, String what, String value) {}

    static Reference reference(House house) {
        return new Reference(
                "limits",
                () -> Reference.page(
                        "Limits",
                        INTRODUCTION,
                        List.of("Of", "What", "At most"),
                        house.classes().stream()
                                .filter(type ->
                                        type.getFields().stream().anyMatch(field -> field.isAnnotatedWith(Limit.class)))
                                .map(JavaClass::reflect)
                                .flatMap(Limits::lines)
                                .sorted(Comparator.comparing(Line::feature)
                                        .thenComparing(Line::what)
                                        .thenComparing(Line::value))
                                .distinct()
                                .map(line -> List.of(line.feature(), line.what(), line.value()))
                                .toList()));
    }

    /** Constants of some classes that are called like limits and stand on no page. */
    static List<String> unmarked(Iterable<JavaClass> classes) {
        var unmarked = new ArrayList<String>();
        for (var type : classes) {
            if (type.getPackageName().equals(COMMAND_LINE)) {
                continue;
            }
            type.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                            && NUMBERS.contains(field.getRawType().getName()))
                    .filter(field -> NAME.matcher(field.getName()).matches() && !field.isAnnotatedWith(Limit.class))
                    .map(JavaField::getFullName)
                    .filter(name -> !INWARD.contains(name))
                    .forEach(unmarked::add);
        }
        return List.copyOf(unmarked);
    }

    private static Stream<Line> lines(Class<?> type) {
        var lines = new ArrayList<Line>();
        try {
            for (var field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.isAnnotationPresent(Limit.class)) {
                    field.setAccessible(true);
                    lines.add(line(type, field, field.get(null)));
                }
            }
            if (type.isRecord()) {
                for (var component : type.getRecordComponents()) {
                    if (component.isAnnotationPresent(Limit.class)) {
                        var standard = type.getDeclaredField("DEFAULT");
                        standard.setAccessible(true);
                        var accessor = component.getAccessor();
                        accessor.setAccessible(true);
                        lines.add(line(type, component, accessor.invoke(standard.get(null))));
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The limits of " + type.getName() + " cannot be read", e);
        }
        return lines.stream();
    }

    private static Line line(Class<?> type, AnnotatedElement place, Object value) {
        var limit = place.getAnnotation(Limit.class);
        return new Line(type.getPackageName().replace("dev.esteira.", ""), limit.value(), text(value, limit.unit()));
    }

    private static String text(Object value, String unit) {
        if (value instanceof Duration duration) {
            return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
        }
        var number = ((Number) value).longValue();
        if (unit.equals("bytes")) {
            for (var size : List.of("GiB:30", "MiB:20", "KiB:10")) {
                var shift = Integer.parseInt(size.substring(4));
                if (number >= 1L << shift && number % (1L << shift) == 0) {
                    return (number >> shift) + " " + size.substring(0, 3);
                }
            }
        }
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ') + " " + unit;
    }
}
