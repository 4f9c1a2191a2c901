package dev.esteira.config;

import dev.esteira.kernel.Quantity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A configuration key that some part of Esteira declares.
 *
 * @param name dashed lower-case words, e.g. {@code http-port}
 * @param kind what a value looks like, for people
 * @param standard the value where nobody sets one, as written; empty when there is none
 * @param secret whether values must not be shown
 * @param documentation one sentence
 * @param reader makes a value of a text; an IllegalArgumentException or EsteiraException says what is wrong with it
 */
public record Key<T>(
        String name,
        String kind,
        Optional<String> standard,
        boolean secret,
        String documentation,
        Function<String, T> reader) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public Key {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("A key is dashed lower-case words, not '" + name + "'");
        }
        if (!documentation.endsWith(".")) {
            throw new IllegalArgumentException("The key " + name + " is not documented in a sentence");
        }
    }

    /** A text. */
    public static Key<String> text(String name, String standard, String documentation) {
        return new Key<>(name, "text", Optional.of(standard), false, documentation, Function.identity());
    }

    /** A text that need not be set. */
    public static Key<String> optionalText(String name, String documentation) {
        return new Key<>(name, "text", Optional.empty(), false, documentation, Function.identity());
    }

    /** A text that is never shown and need not be set. */
    public static Key<String> secret(String name, String documentation) {
        return new Key<>(name, "text", Optional.empty(), true, documentation, Function.identity());
    }

    /** A whole number from {@code least} to {@code most}. */
    public static Key<Integer> whole(String name, int standard, int least, int most, String documentation) {
        return new Key<>(
                name,
                "whole number from " + least + " to " + most,
                Optional.of(Integer.toString(standard)),
                false,
                documentation,
                text -> within(text, least, most));
    }

    /** Yes or no. */
    public static Key<Boolean> flag(String name, boolean standard, String documentation) {
        return new Key<>(
                name, "true or false", Optional.of(Boolean.toString(standard)), false, documentation, Key::flagOf);
    }

    /** A duration with its unit, e.g. {@code 30s}. */
    public static Key<Duration> duration(String name, String standard, String documentation) {
        return new Key<>(
                name, "duration, e.g. 30s, 5min, 24h", Optional.of(standard), false, documentation, Quantity::duration);
    }

    /** A duration with its unit that is not shorter than {@code least}. */
    public static Key<Duration> durationFrom(String name, String least, String standard, String documentation) {
        var shortest = Quantity.duration(least);
        return new Key<>(
                name,
                "duration from " + least + ", e.g. 30s, 5min, 24h",
                Optional.of(standard),
                false,
                documentation,
                text -> {
                    var duration = Quantity.duration(text);
                    if (duration.compareTo(shortest) < 0) {
                        throw new IllegalArgumentException("it is shorter than " + least);
                    }
                    return duration;
                });
    }

    /** A size in bytes with its unit, e.g. {@code 200MiB}. */
    public static Key<Long> bytes(String name, String standard, String documentation) {
        return new Key<>(name, "size, e.g. 200MiB, 4GiB", Optional.of(standard), false, documentation, Quantity::bytes);
    }

    /** Names with commas between them; none unless set. */
    public static Key<Set<String>> names(String name, String documentation) {
        return new Key<>(name, "names, e.g. one, two", Optional.of(""), false, documentation, Key::namesOf);
    }

    /** One of some words, the names of an enum's constants in lower case with dashes. */
    public static <E extends Enum<E>> Key<E> choice(String name, E standard, String documentation) {
        var constants = standard.getDeclaringClass().getEnumConstants();
        var words = Arrays.stream(constants).map(Key::word).toList();
        return new Key<>(
                name,
                String.join(" or ", words),
                Optional.of(word(standard)),
                false,
                documentation,
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("it is none of " + String.join(", ", words))));
    }

    /** The name of the environment variable that sets this key, e.g. {@code ESTEIRA_HTTP_PORT}. */
    public String variable() {
        return Configuration.VARIABLE_PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Set<String> namesOf(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int within(String text, int least, int most) {
        try {
            var value = Integer.parseInt(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("it is no whole number", e);
        }
        throw new IllegalArgumentException("it is outside " + least + " to " + most);
    }

    private static boolean flagOf(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("it is neither true nor false");
        };
    }
}
