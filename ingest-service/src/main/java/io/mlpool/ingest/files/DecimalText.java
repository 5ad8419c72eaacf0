package io.mlpool.ingest.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * Decimal numbers out of bytes. Up to 15 digits and 22 places the quotient of two exactly known doubles is the correctly rounded
 * value (Clinger 1990, "How to read floating point numbers accurately"); everything else goes to the JDK.
 */
final class DecimalText {

    private static final Set<String> NOTHING = Set.of("", "nan", "null", "none", "n/a", "na", "-");
    private static final int EXACT_DIGITS = 15;
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private DecimalText() {}

    static double parse(byte[] bytes, int start, int end, boolean commaIsDecimal) {
        long digits = 0;
        int count = 0;
        int places = 0;
        boolean point = false;
        int i = start;
        boolean negative = start < end && bytes[start] == '-';
        if (negative) {
            i++;
        }
        for (; i < end; i++) {
            int c = bytes[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                if (digits != 0) {
                    count++;
                }
                if (point) {
                    places++;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return slow(bytes, start, end, commaIsDecimal);
            }
            if (count > EXACT_DIGITS) {
                return slow(bytes, start, end, commaIsDecimal);
            }
        }
        if (i - start == (negative ? 1 : 0) || places >= POWERS.length || (point && places == 0 && count == 0)) {
            return slow(bytes, start, end, commaIsDecimal);
        }
        double value = digits / POWERS[places];
        return negative ? -value : value;
    }

    private static double slow(byte[] bytes, int start, int end, boolean commaIsDecimal) {
        String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
        if (NOTHING.contains(text.toLowerCase(Locale.ROOT))) {
            return Double.NaN;
        }
        int comma = text.lastIndexOf(',');
        if (comma >= 0) {
            boolean decimal = commaIsDecimal && comma > text.lastIndexOf('.');
            text = decimal ? text.replace(".", "").replace(',', '.') : text.replace(",", "");
        }
        if (text.indexOf('x') >= 0
                || text.indexOf('X') >= 0
                || text.endsWith("d")
                || text.endsWith("f")
                || text.endsWith("D")
                || text.endsWith("F")) {
            throw new NumberFormatException("'%s' is no number".formatted(text));
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            NumberFormatException clear = new NumberFormatException("'%s' is no number".formatted(text));
            clear.initCause(e);
            throw clear;
        }
    }
}
