package dev.esteira.document;

import dev.esteira.kernel.ErrorCode;

/**
 * Something wrong in a value.
 *
 * @param pointer JSON pointer of the offending value; empty for the whole
 * @param place whether the name of the field or its value is at fault
 * @param message one sentence that names the offending value
 * @param remedy what to do, one sentence; empty when the message says it
 */
public record Problem(String pointer, Place place, ErrorCode code, String message, String remedy) {

    /** What of a field is at fault. */
    public enum Place {
        KEY,
        VALUE
    }

    /** A problem with a value. */
    public static Problem ofValue(String pointer, ErrorCode code, String message, String remedy) {
        return new Problem(pointer, Place.VALUE, code, message, remedy);
    }

    /** A problem with the name of a field. */
    public static Problem ofKey(String pointer, ErrorCode code, String message, String remedy) {
        return new Problem(pointer, Place.KEY, code, message, remedy);
    }

    /** The same problem below a pointer. */
    public Problem below(String above) {
        return new Problem(above + pointer, place, code, message, remedy);
    }

    /** The same problem with its place in a file. */
    public LocatedProblem in(Document document) {
        return switch (place) {
            case KEY -> document.keyProblem(pointer, code, message, remedy);
            case VALUE -> document.problem(pointer, code, message, remedy);
        };
    }
}
