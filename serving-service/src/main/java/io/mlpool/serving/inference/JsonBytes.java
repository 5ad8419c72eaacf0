package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON from bytes in one pass; for bodies that are mostly numbers, which it puts into an array without a detour. */
final class JsonBytes {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int DEEPEST = 16;

    private final byte[] bytes;
    private final int end;
    private int at;

    JsonBytes(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /** What to do with the value of a member: it has to be read. */
    @FunctionalInterface
    interface Member {
        void read(String name);
    }

    /** Reads an object; each member's value is to be read by {@code member}. */
    void object(Member member) {
        expect('{');
        if (skipped('}')) {
            return;
        }
        do {
            String name = string();
            expect(':');
            member.read(name);
        } while (skipped(','));
        expect('}');
    }

    /** Reads a list; {@code element} has to read each element. */
    void list(Runnable element) {
        expect('[');
        if (skipped(']')) {
            return;
        }
        do {
            element.run();
        } while (skipped(','));
        expect(']');
    }

    String string() {
        int from = next();
        if (from >= end || bytes[from] != '"') {
            throw wrong("a string");
        }
        at = from + 1;
        boolean plain = true;
        while (at < end && bytes[at] != '"') {
            plain &= bytes[at] >= ' ' && bytes[at] != '\\';
            at += bytes[at] == '\\' ? 2 : 1;
        }
        if (at >= end) {
            throw wrong("the end of a string");
        }
        at++;
        return plain ? new String(bytes, from + 1, at - from - 2, StandardCharsets.US_ASCII) : decoded(from);
    }

    /** Like {@link #string}, for a value of which the caller can be told what it is. */
    String string(String what) {
        int next = next();
        if (next < end && bytes[next] != '"') {
            throw new RefusedException(400, "%s must be a string, found %s".formatted(what, kind(bytes[next])));
        }
        return string();
    }

    boolean isTrue() {
        return word("true", "false");
    }

    /** A whole number that is not negative and fits. */
    int size() {
        int from = next();
        float ignored = number();
        String text = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        try {
            int size = Integer.parseInt(text);
            if (size >= 0 && ignored >= 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new RefusedException(
                400, "%s is no size: a whole number from 0 to %d is expected".formatted(text, Integer.MAX_VALUE));
    }

    /** Reads a list of nothing but numbers. */
    void numbers(Numbers into) {
        expect('[');
        if (skipped(']')) {
            return;
        }
        do {
            into.add(number());
        } while (skipped(','));
        expect(']');
    }

    float number() {
        int from = next();
        boolean negative = from < end && bytes[from] == '-';
        int first = from + (negative ? 1 : 0);
        at = first;
        long digits = digits(0);
        int count = at - first;
        if (count == 0 || (bytes[first] == '0' && count > 1)) {
            throw wrong("a number");
        }
        int exponent = 0;
        if (at < end && bytes[at] == '.') {
            int point = ++at;
            digits = digits(digits);
            exponent = -requireDigits(point);
            count -= exponent;
        }
        if (count > Decimal.MOST_DIGITS) {
            count -= zerosAhead(first);
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            exponent += exponent();
        }
        float value = Decimal.value(negative, digits, count, exponent, bytes, from, at);
        if (Float.isInfinite(value)) {
            throw new RefusedException(400, "a number at byte %d is too large for FP32".formatted(from));
        }
        return value;
    }

    /** Skips a value of any kind. */
    void skip() {
        skip(0);
    }

    /** Whether the next value is a list. */
    boolean isList() {
        int next = next();
        return next < end && bytes[next] == '[';
    }

    /** Whether the next value is a list that begins with another. */
    boolean isListOfLists() {
        int start = next();
        if (!skipped('[')) {
            return false;
        }
        boolean nested = isList();
        at = start;
        return nested;
    }

    /** Whether the next value is an object. */
    boolean isObject() {
        int next = next();
        return next < end && bytes[next] == '{';
    }

    /** Refuses whatever comes behind the document. */
    void end() {
        if (next() < end) {
            throw wrong("the end of the document");
        }
    }

    /** Reads the digits that come next and gives what they make of the number before them; beyond 18 it overflows. */
    private long digits(long before) {
        long value = before;
        int next = at; // the field would go out to memory and back with every step
        int count = Long.BYTES;
        for (; count == Long.BYTES && next <= end - Long.BYTES; next += count) {
            long eight = Digits.at(bytes, next);
            count = Digits.count(eight);
            value = Digits.append(value, eight, count);
        }
        at = next;
        for (; count == Long.BYTES && isDigit(); at++) {
            value = value * 10 + (bytes[at] - '0');
        }
        return value;
    }

    /** Zeros before the first digit that counts. */
    private int zerosAhead(int first) {
        int zeros = 0;
        for (int i = first; i < at && (bytes[i] == '0' || bytes[i] == '.'); i++) {
            zeros += bytes[i] == '0' ? 1 : 0;
        }
        return zeros;
    }

    private int exponent() {
        at++;
        boolean negative = at < end && bytes[at] == '-';
        at += at < end && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
        int from = at;
        int exponent = 0;
        for (; isDigit(); at++) {
            exponent = Math.min(100_000, exponent * 10 + (bytes[at] - '0'));
        }
        requireDigits(from);
        return negative ? -exponent : exponent;
    }

    private int requireDigits(int from) {
        if (at == from) {
            throw wrong("a digit");
        }
        return at - from;
    }

    private void skip(int depth) {
        int next = next();
        if (next >= end) {
            throw wrong("a value");
        }
        if (depth > DEEPEST) {
            throw new RefusedException(400, "the body is nested deeper than %d".formatted(DEEPEST));
        }
        switch (bytes[next]) {
            case '{' -> object(name -> skip(depth + 1));
            case '[' -> list(() -> skip(depth + 1));
            case '"' -> string();
            case 't', 'f' -> isTrue();
            case 'n' -> word("null", "null");
            default -> number();
        }
    }

    private static String kind(byte first) {
        return switch (first) {
            case '{' -> "an object";
            case '[' -> "a list";
            case 't', 'f' -> "true or false";
            case 'n' -> "null";
            default -> "a number";
        };
    }

    private boolean word(String yes, String no) {
        at = next();
        for (String word : new String[] {yes, no}) {
            byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
            if (end - at >= wanted.length && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                at += wanted.length;
                return word.equals(yes);
            }
        }
        throw wrong(yes.equals(no) ? yes : "true or false");
    }

    private boolean isDigit() {
        return at < end && bytes[at] >= '0' && bytes[at] <= '9';
    }

    private int next() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private void expect(char wanted) {
        if (!skipped(wanted)) {
            throw wrong("'" + wanted + "'");
        }
    }

    private boolean skipped(char wanted) {
        int next = next();
        if (next < end && bytes[next] == wanted) {
            at = next + 1;
            return true;
        }
        return false;
    }

    /** Escapes and foreign letters are rare here: Jackson knows them all. */
    private String decoded(int from) {
        try {
            return JSON.readValue(bytes, from, at - from, String.class);
        } catch (JacksonException e) {
            throw new RefusedException(400, "the string at byte %d is no valid JSON".formatted(from));
        }
    }

    private RefusedException wrong(String expected) {
        String found = at < end ? "'" + (char) (bytes[at] & 0xff) + "'" : "the end of the body";
        return new RefusedException(
                400, "invalid JSON at byte %d: expected %s, found %s".formatted(at, expected, found));
    }
}
