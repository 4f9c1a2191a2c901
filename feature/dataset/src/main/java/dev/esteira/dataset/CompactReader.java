package dev.esteira.dataset;

import dev.esteira.kernel.Limit;
import java.nio.charset.StandardCharsets;

/** Reads Thrift's compact protocol from bytes that nobody vouches for: every length and depth is checked. */
final class CompactReader {

    static final int LIST = 9;

    @Limit(value = "Depth of the structures in a Parquet file's footer.", unit = "levels")
    private static final int DEPTH_MAX = 32;

    private final byte[] bytes;
    private int at;
    private int depth;

    CompactReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes are not what the protocol says. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("Malformed Thrift");
        }
    }

    /** Takes a field's value, or leaves it: answers whether it took it. */
    interface FieldTaker {
        boolean take(int field, int type);
    }

    /** Takes an item of a list. */
    interface ItemTaker {
        void take(int index);
    }

    void struct(FieldTaker taker) {
        enter();
        var field = 0;
        while (true) {
            var header = next();
            var type = header & 0x0f;
            if (type == 0) {
                break;
            }
            var delta = (header & 0xf0) >>> 4;
            field = delta == 0 ? integer() : field + delta;
            if (!taker.take(field, type)) {
                skip(type);
            }
        }
        depth--;
    }

    void list(ItemTaker taker) {
        var size = size();
        for (var index = 0; index < size; index++) {
            taker.take(index);
        }
    }

    String text() {
        var length = Math.toIntExact(count());
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** A zigzag integer. */
    int integer() {
        var raw = variable();
        return (int) ((raw >>> 1) ^ -(raw & 1));
    }

    private int size() {
        var header = next();
        var size = (header & 0xf0) >>> 4;
        if (size == 15) {
            return Math.toIntExact(count());
        }
        return size;
    }

    /** A number of things of at least a byte each that follow. */
    private long count() {
        var count = variable();
        if (count < 0 || count > bytes.length - at) {
            throw new Malformed();
        }
        return count;
    }

    private void skip(int type) {
        switch (type) {
            case 1, 2 -> {
                // The value of a flag is its type.
            }
            case 3 -> next();
            case 4, 5, 6 -> variable();
            case 7 -> at += 8;
            case 8 -> {
                // Counting moves on too, so the length comes first.
                var length = Math.toIntExact(count());
                at += length;
            }
            case 9, 10 -> skipList();
            case 11 -> skipMap();
            case 12 -> struct((field, inner) -> false);
            default -> throw new Malformed();
        }
        if (at > bytes.length) {
            throw new Malformed();
        }
    }

    private void skipList() {
        enter();
        var type = at < bytes.length ? bytes[at] & 0x0f : 0;
        list(index -> skipItem(type));
        depth--;
    }

    private void skipMap() {
        enter();
        var size = count();
        if (size > 0) {
            var types = next();
            for (var index = 0L; index < size; index++) {
                skipItem((types & 0xf0) >>> 4);
                skipItem(types & 0x0f);
            }
        }
        depth--;
    }

    /** Unlike a field, a flag inside a list takes a byte. */
    private void skipItem(int type) {
        if (type == 1 || type == 2) {
            next();
        } else {
            skip(type);
        }
    }

    private void enter() {
        if (++depth > DEPTH_MAX) {
            throw new Malformed();
        }
    }

    private int next() {
        if (at >= bytes.length) {
            throw new Malformed();
        }
        return bytes[at++] & 0xff;
    }

    private long variable() {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            var part = next();
            value |= (long) (part & 0x7f) << shift;
            if ((part & 0x80) == 0) {
                return value;
            }
        }
        throw new Malformed();
    }
}
