package dev.esteira.document;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in code points
 */
public record Position(int line, int column) {

    /** The first character. */
    public static final Position START = new Position(1, 1);

    /** The place of a UTF-16 index of a text; behind its end counts as its end. */
    static Position of(String text, int index) {
        var end = Math.min(index, text.length());
        var lineStart = text.lastIndexOf('\n', end - 1) + 1;
        var line = 1
                + (int) text.substring(0, lineStart)
                        .chars()
                        .filter(unit -> unit == '\n')
                        .count();
        return new Position(line, 1 + text.codePointCount(lineStart, end));
    }
}
