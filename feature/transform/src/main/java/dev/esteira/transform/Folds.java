package dev.esteira.transform;

import dev.esteira.dataset.DataColumns;
import dev.esteira.kernel.Column;
import dev.esteira.kernel.LogicalType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Into which fold of a cross-fitting a row falls: by a hash of its id and a seed, so its place does not matter. */
final class Folds {

    private Folds() {}

    /**
     * The fold of each row.
     *
     * @param ids the id columns, among those read; when there are none, the row's place stands for its id
     */
    static int[] of(DataColumns columns, List<Column> ids, long seed, int count) {
        var hashes = new long[columns.rows()];
        Arrays.setAll(hashes, row -> ids.isEmpty() ? mix(seed + row) : seed);
        for (var id : ids) {
            if (id.type() == LogicalType.STRING) {
                var texts = columns.texts(id.name());
                Arrays.setAll(hashes, row -> mix(hashes[row] * 31 + hash(Objects.toString(texts[row], ""))));
            } else {
                var numbers = columns.numbers(id.name());
                Arrays.setAll(hashes, row -> mix(hashes[row] * 31 + Double.doubleToLongBits(numbers[row])));
            }
        }
        return Arrays.stream(hashes)
                .mapToInt(hash -> (int) Math.floorMod(hash, (long) count))
                .toArray();
    }

    /** FNV-1a over UTF-16 units, 64 bits. */
    private static long hash(String text) {
        var hash = 0xcbf29ce484222325L;
        for (var index = 0; index < text.length(); index++) {
            hash = (hash ^ text.charAt(index)) * 0x100000001b3L;
        }
        return hash;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mix(long bits) {
        var mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
