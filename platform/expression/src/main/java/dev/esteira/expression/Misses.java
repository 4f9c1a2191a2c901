package dev.esteira.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Remembers what one evaluation looked for in vain, to say why it could not decide. Used by one thread. */
final class Misses {

    private static final int NAMED = 3;
    private static final Pattern INDEX = Pattern.compile("/(\\d+)(?=/|$)");
    private static final Pattern PLACE = Pattern.compile("^evaluation error(?: at [^ ]*:\\d+)?: ");

    private final Map<String, String> absences;
    private final Set<String> pointers = new LinkedHashSet<>();

    Misses(Map<String, String> absences) {
        this.absences = absences;
    }

    void add(String pointer) {
        pointers.add(pointer);
    }

    /** One sentence about why the evaluation ended with this error. */
    String reason(CelEvaluationException e) {
        if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND && !pointers.isEmpty()) {
            return absent();
        }
        if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
            return "The expression needs more than " + CelEnvironment.MAX_ITERATIONS + " iterations.";
        }
        if (e.getErrorCode() == CelErrorCode.DIVIDE_BY_ZERO) {
            return "The expression divides a whole number by zero.";
        }
        if (e.getErrorCode() == CelErrorCode.OVERLOAD_NOT_FOUND) {
            return CelMessages.runtimeOverload(String.valueOf(e.getMessage()));
        }
        var message = PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
        return "The expression cannot be computed: "
                + message.replaceAll("\\s+", " ").replaceAll("[.]$", "") + ".";
    }

    private String absent() {
        var named = pointers.stream().limit(NAMED).map(this::sentence).collect(Collectors.joining("; "));
        var more = pointers.size() - NAMED;
        return named + (more > 0 ? "; and " + more + " more." : ".");
    }

    private String sentence(String pointer) {
        var path = INDEX.matcher(pointer.substring(1)).replaceAll("[$1]").replace("/", ".");
        return path + " does not exist"
                + Optional.ofNullable(absences.get(pointer))
                        .map(why -> ": " + why)
                        .orElse("");
    }
}
