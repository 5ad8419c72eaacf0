package io.mlpool.standalone.bench;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Plain lines: a name, then what was measured of it. */
final class Printout {

    private final PrintStream out;

    Printout(PrintStream out) {
        this.out = out;
    }

    void title(String name) {
        out.printf("%n%s%n", name);
    }

    void line(String format, Object... values) {
        out.printf(Locale.ROOT, "  " + format + "%n", values);
    }

    /** One line for programs. */
    void json(Map<String, ?> facts) {
        out.println(Calls.json(facts));
    }

    /** A ratio with its range over the pairs. */
    static String ratio(Paired paired) {
        return String.format(
                Locale.ROOT,
                "ratio %.2f (%.2f-%.2f, %d pairs)",
                paired.ratio(),
                paired.lowestRatio(),
                paired.highestRatio(),
                paired.pairs().size());
    }
}
