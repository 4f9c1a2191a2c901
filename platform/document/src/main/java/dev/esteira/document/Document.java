package dev.esteira.document;

import dev.esteira.kernel.ErrorCode;
import dev.esteira.kernel.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A file as a value, with the place of every value and key in the text. Immutable and thread-safe.
 */
public final class Document {

    /**
     * Where a node stands.
     *
     * @param key of the field's name, empty for items and the whole document
     * @param content of the first character of the value itself, behind a quotation mark; empty when the characters of
     *     the value are not those of the text (escapes, several lines)
     */
    record Place(Optional<Position> key, Position value, Optional<Position> content) {}

    private final String file;
    private final String text;
    private final Value value;
    private final Map<String, Place> places;

    Document(String file, String text, Value value, Map<String, Place> places) {
        this.file = file;
        this.text = text;
        this.value = value;
        this.places = Map.copyOf(places);
    }

    /** The name of the file as the person names it. */
    public String file() {
        return file;
    }

    /** The text of the file. */
    public String text() {
        return text;
    }

    /** What the file says. */
    public Value value() {
        return value;
    }

    /** The place of the value at a JSON pointer; where there is none, of the nearest value above. */
    public Position position(String pointer) {
        return nearest(pointer).value();
    }

    /** The place of the field's name at a JSON pointer; where there is none, of the value or the nearest above. */
    public Position keyPosition(String pointer) {
        var place = nearest(pointer);
        return place.key().orElse(place.value());
    }

    /**
     * The place of a character inside a text value, e.g. of an error in an expression. Where the text is written with
     * escapes or over several lines, the place of the value.
     *
     * @param offset in code points, from 0
     */
    public Position positionInside(String pointer, int offset) {
        var place = nearest(pointer);
        return place.content()
                .map(start -> new Position(start.line(), start.column() + offset))
                .orElse(place.value());
    }

    /** A problem with the value at a JSON pointer. */
    public LocatedProblem problem(String pointer, ErrorCode code, String message, String remedy) {
        return at(position(pointer), code, message, remedy);
    }

    /** A problem with the name of the field at a JSON pointer. */
    public LocatedProblem keyProblem(String pointer, ErrorCode code, String message, String remedy) {
        return at(keyPosition(pointer), code, message, remedy);
    }

    /** A problem at a place of this file. */
    public LocatedProblem at(Position position, ErrorCode code, String message, String remedy) {
        return new LocatedProblem(file, position.line(), position.column(), code, message, remedy);
    }

    private Place nearest(String pointer) {
        var at = pointer;
        while (!places.containsKey(at) && !at.isEmpty()) {
            at = Pointers.parent(at).orElseThrow();
        }
        return places.getOrDefault(at, new Place(Optional.empty(), Position.START, Optional.empty()));
    }
}
