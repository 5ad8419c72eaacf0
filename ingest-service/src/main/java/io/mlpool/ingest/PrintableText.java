package io.mlpool.ingest;

/**
 * Text from outside, fit for reports: files may hold any bytes, but PostgreSQL takes no NUL, neither as text nor when it looks into
 * JSON, and a terminal obeys what it should only show.
 */
public final class PrintableText {

    private static final int REPLACEMENT = 0xFFFD;

    private PrintableText() {}

    /** The text with a replacement character for each control character and each half of a broken pair. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> isPrintable(character) ? character : REPLACEMENT)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    private static boolean isPrintable(int character) {
        return !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
    }
}
