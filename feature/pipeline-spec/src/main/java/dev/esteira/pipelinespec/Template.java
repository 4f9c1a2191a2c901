package dev.esteira.pipelinespec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with {@code ${{ }}} in it.
 *
 * @param parts in order
 */
record Template(List<Part> parts) {

    /** A piece of the text. */
    sealed interface Part {

        /** As it stands. */
        record Literal(String text) implements Part {}

        /**
         * To be replaced.
         *
         * @param names what stands between the brackets, split at dots
         * @param offset of the first name in the text, in code points
         */
        record Reference(List<String> names, int offset) implements Part {

            public Reference {
                names = List.copyOf(names);
            }

            String text() {
                return String.join(".", names);
            }
        }

        /**
         * A bracket that does not close or holds something else than names and dots.
         *
         * @param offset of the bracket in the text, in code points
         */
        record Malformed(String message, int offset) implements Part {}
    }

    private static final String OPEN = "${{";
    private static final String CLOSE = "}}";

    Template {
        parts = List.copyOf(parts);
    }

    /** Whether a text has a bracket in it. */
    static boolean is(String text) {
        return text.contains(OPEN);
    }

    static Template parse(String text) {
        var parts = new ArrayList<Part>();
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf(OPEN, at);
            if (open < 0) {
                parts.add(new Part.Literal(text.substring(at)));
                break;
            }
            if (open > at) {
                parts.add(new Part.Literal(text.substring(at, open)));
            }
            var close = text.indexOf(CLOSE, open);
            if (close < 0) {
                parts.add(new Part.Malformed("The ${{ is not closed by }}.", text.codePointCount(0, open)));
                break;
            }
            parts.add(reference(text, open, close));
            at = close + CLOSE.length();
        }
        return new Template(parts);
    }

    private static Part reference(String text, int open, int close) {
        var inner = text.substring(open + OPEN.length(), close);
        var name = inner.strip();
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z_][A-Za-z0-9_-]*)*")) {
            return new Part.Malformed(
                    "The text '" + name + "' is no reference: only names and dots stand in ${{ }}.",
                    text.codePointCount(0, open));
        }
        var start = open + OPEN.length() + inner.indexOf(name);
        return new Part.Reference(List.of(name.split("\\.", -1)), text.codePointCount(0, start));
    }

    /** The one reference that is the whole text, if it is that. */
    Optional<Part> whole() {
        return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
    }
}
