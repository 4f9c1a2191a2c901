package dev.esteira.statistics;

/**
 * Seeded uniform numbers by SplitMix64 (Steele, Lea and Flood 2014, with the finalizer "Mix13" of Stafford). The
 * algorithm is written out here because what is drawn is part of reports: it must not change with the JDK.
 */
final class SeededDraws {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The numbers for one of many streams of a seed, such as one bootstrap round. */
    SeededDraws(long seed, long stream) {
        this.state = mix(mix(seed) + stream * GAMMA);
    }

    /** A number from 0 to the bound (exclusive), each equally likely (Lemire 2019). */
    int below(int bound) {
        var product = upper32() * bound;
        var low = product & 0xFFFF_FFFFL;
        if (low < bound) {
            var reject = (0x1_0000_0000L - bound) % bound;
            while (low < reject) {
                product = upper32() * bound;
                low = product & 0xFFFF_FFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    private long upper32() {
        state += GAMMA;
        return mix(state) >>> 32;
    }

    private static long mix(long value) {
        var mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
