package io.mlpool.serving.inference;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decimal digits, eight bytes at a time in one long: the first of them in its lowest byte (after Lemire, "Number Parsing at a Gigabyte per
 * Second", Software: Practice and Experience 51, 2021).
 */
final class Digits {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long BEYOND_NINE = 0x7676767676767676L;
    private static final long HIGHEST_BITS = 0x8080808080808080L;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Digits() {}

    /** The eight bytes from there on; those that are digits become 0 to 9. */
    static long at(byte[] text, int from) {
        return (long) LONGS.get(text, from) ^ ZEROS;
    }

    /** How many digits are at their beginning: 0 to 8. */
    static int count(long eight) {
        long others =
                ((eight + BEYOND_NINE) | eight) & HIGHEST_BITS; // a carry reaches only what follows one that is none
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** A number with the first {@code count} of them behind it. */
    static long append(long before, long eight, int count) {
        return count == 0 ? before : before * POWERS[count] + value(eight << (64 - 8 * count));
    }

    /** Pairs, then fours, then all: each step adds neighbours, the first of them times 10, 100 and 10,000. */
    private static long value(long eight) {
        long pairs = ((eight * (1 + (10 << 8))) >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = ((pairs * (1 + (100 << 16))) >>> 16) & 0x0000FFFF0000FFFFL;
        return (fours * (1 + (10_000L << 32))) >>> 32;
    }
}
