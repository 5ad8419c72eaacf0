package io.mlpool.ingest.files;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;

/**
 * Times as files write them, in microseconds since 1970, UTC: numbers of seconds (with or without places), milli-, micro- or
 * nanoseconds, told apart by their size; ISO dates and times with or without zone, which without one are UTC; an hour as
 * {@code 2020-07-05 11-PM}.
 */
final class TimeText {

    private static final long DAY = 86_400_000_000L;
    private static final long SECOND = 1_000_000L;
    private static final double MILLIS_FROM = 1e11;
    private static final double MICROS_FROM = 1e14;
    private static final double NANOS_FROM = 1e17;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    private TimeText(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        at = start;
    }

    static long micros(byte[] bytes, int start, int end) {
        boolean date = end - start >= 8 && start + 4 < bytes.length && bytes[start + 4] == '-';
        return date ? new TimeText(bytes, start, end).date() : epoch(bytes, start, end);
    }

    private static long epoch(byte[] bytes, int start, int end) {
        boolean digit = start < end && bytes[start] >= '0' && bytes[start] <= '9';
        double value = digit ? DecimalText.parse(bytes, start, end, false) : Double.NaN;
        if (!(value >= 0 && value < 1e19)) {
            throw new TimeText(bytes, start, end).unreadable();
        }
        if (value < MILLIS_FROM) {
            return Math.round(value * 1e6);
        }
        if (value < MICROS_FROM) {
            return Math.round(value * 1e3);
        }
        return value < NANOS_FROM ? (long) value : (long) (value / 1e3);
    }

    private long date() {
        int year = digits(4);
        expect('-');
        int month = digits(2);
        expect('-');
        int day = digits(2);
        if (month < 1
                || month > 12
                || day < 1
                || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
            throw unreadable();
        }
        long micros = daysSince1970(year, month, day) * DAY;
        return at == end ? micros : micros + time();
    }

    private long time() {
        if (bytes[at] != 'T' && bytes[at] != ' ' && bytes[at] != 't') {
            throw unreadable();
        }
        at++;
        int hour = digits(2);
        if (at < end && bytes[at] == '-' && end - at == 3) {
            return hourOfHalfDay(hour);
        }
        int minute = 0;
        long micros = 0;
        if (accept(':')) {
            minute = digits(2);
            if (accept(':')) {
                micros = digits(2) * SECOND + (accept('.') ? fraction() : 0);
            }
        }
        if (hour > 24 || minute > 59 || micros >= 61 * SECOND) {
            throw unreadable();
        }
        return (hour * 60L + minute) * 60 * SECOND + micros - offset();
    }

    private long hourOfHalfDay(int hour) {
        boolean evening = bytes[at + 1] == 'P' && bytes[at + 2] == 'M';
        boolean morning = bytes[at + 1] == 'A' && bytes[at + 2] == 'M';
        if (hour < 1 || hour > 12 || !(evening || morning)) {
            throw unreadable();
        }
        return (hour % 12 + (evening ? 12L : 0L)) * 3600 * SECOND;
    }

    private long fraction() {
        long micros = 0;
        int places = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            if (places++ < 6) {
                micros = micros * 10 + (bytes[at] - '0');
            }
            at++;
        }
        for (int i = places; i < 6; i++) {
            micros *= 10;
        }
        return micros;
    }

    private long offset() {
        while (accept(' ')) {
            // a blank may stand before the zone
        }
        if (at == end || is("Z") || is("z") || is("UTC") || is("GMT")) {
            return 0;
        }
        int sign = accept('-') ? -1 : 1;
        if (sign == 1) {
            expect('+');
        }
        int hours = digits(2);
        accept(':');
        int minutes = at < end ? digits(2) : 0;
        if (at != end || hours > 18 || minutes > 59) {
            throw unreadable();
        }
        return sign * (hours * 60L + minutes) * 60 * SECOND;
    }

    private boolean is(String zone) {
        if (end - at != zone.length()) {
            return false;
        }
        for (int i = 0; i < zone.length(); i++) {
            if (bytes[at + i] != zone.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(char c) {
        boolean there = at < end && bytes[at] == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw unreadable();
        }
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= end || bytes[at] < '0' || bytes[at] > '9') {
                throw unreadable();
            }
            value = value * 10 + (bytes[at] - '0');
        }
        return value;
    }

    private NumberFormatException unreadable() {
        return new NumberFormatException(
                "'%s' is no time".formatted(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
    }

    /** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
    private static long daysSince1970(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
