package io.mlpool.settings;

import java.util.stream.IntStream;

/** How far two words are from each other. */
public final class Misspelling {

    private Misspelling() {}

    /** Letters that have to be put in, taken out or changed to come from one to the other (Levenshtein). */
    public static int distance(String one, String other) {
        int[] before = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[other.length()];
    }
}
