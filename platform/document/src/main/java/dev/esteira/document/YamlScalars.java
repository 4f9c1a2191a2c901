package dev.esteira.document;

import dev.esteira.kernel.Value;
import java.util.regex.Pattern;

/** What a plain word of YAML means by the core schema of YAML 1.2. */
final class YamlScalars {

    /** What became of a word. */
    sealed interface Meaning {

        record Plain(Value value) implements Meaning {}

        /** It is refused. */
        record Refused(DocumentErrorCode code, String message, String remedy) implements Meaning {}
    }

    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OTHER_BASE = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern ENDLESS = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern ZERO_FIRST = Pattern.compile("[-+]?0[0-9]+");

    private YamlScalars() {}

    static Meaning plain(String word) {
        if (NULL.matcher(word).matches()) {
            return new Meaning.Plain(Value.NOTHING);
        }
        if (TRUE.matcher(word).matches() || FALSE.matcher(word).matches()) {
            return new Meaning.Plain(Value.of(TRUE.matcher(word).matches()));
        }
        if (WHOLE.matcher(word).matches()) {
            return whole(word);
        }
        if (OTHER_BASE.matcher(word).matches()) {
            return parsed(word, word.substring(2), word.startsWith("0o") ? 8 : 16);
        }
        if (REAL.matcher(word).matches()) {
            return real(word);
        }
        if (ENDLESS.matcher(word).matches()) {
            return new Meaning.Refused(
                    DocumentErrorCode.AMBIGUOUS_VALUE,
                    "'" + word + "' is not a finite number.",
                    "Write a finite number, or put it in quotation marks if it is a text.");
        }
        return new Meaning.Plain(Value.of(word));
    }

    private static Meaning whole(String word) {
        if (ZERO_FIRST.matcher(word).matches()) {
            return new Meaning.Refused(
                    DocumentErrorCode.AMBIGUOUS_VALUE,
                    "Readers of YAML disagree about the number " + word + ": some take it as octal.",
                    "Leave out the zeros in front, or put it in quotation marks if it is a text.");
        }
        return parsed(word, word, 10);
    }

    private static Meaning parsed(String word, String digits, int base) {
        try {
            return new Meaning.Plain(Value.of(Long.parseLong(digits, base)));
        } catch (NumberFormatException e) {
            return new Meaning.Refused(
                    DocumentErrorCode.AMBIGUOUS_VALUE,
                    "The whole number " + word + " has more than 64 bits.",
                    "Put it in quotation marks if it is a text, or write it with an exponent.");
        }
    }

    private static Meaning real(String word) {
        var number = Double.parseDouble(word);
        if (Double.isFinite(number)) {
            return new Meaning.Plain(Value.of(number));
        }
        return new Meaning.Refused(
                DocumentErrorCode.AMBIGUOUS_VALUE,
                "The number " + word + " is beyond the range of 64-bit floating point.",
                "Write a smaller number.");
    }
}
