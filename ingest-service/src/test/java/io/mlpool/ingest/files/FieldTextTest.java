package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTextTest {

    @Test
    void numberIsWhatTheJdkReads() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            double value = Math.exp(random.nextDouble(-30, 30)) * (random.nextBoolean() ? 1 : -1);
            String text = i % 3 == 0 ? Double.toString(value) : String.format(Locale.ROOT, "%." + i % 13 + "f", value);
            assertThat(number(text)).as(text).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "null", "N/A", "-"})
    void nothingIsNotANumber(String text) {
        assertThat(number(text)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x", "0x10", "0x1p3", "1f", "1d", "1.2.3", "--1", "."})
    void whatIsNoNumberIsSaid(String text) {
        assertThatThrownBy(() -> number(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,5 | 1.5",
                "1.234,5 | 1234.5",
                "1.234.567,89 | 1234567.89",
                "1,234.5 | 1234.5",
                "1,234,567.8 | 1234567.8"
            })
    void decimalCommaIsUnderstoodWhereCommasDoNotDelimit(String text, double value) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(DecimalText.parse(bytes, 0, bytes.length, true)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29, 2024-02-29T00:00:00Z",
        "2024-02-29T13:45:06Z, 2024-02-29T13:45:06Z",
        "2024-02-29 13:45, 2024-02-29T13:45:00Z",
        "2024-02-29 13:45:06 UTC, 2024-02-29T13:45:06Z",
        "2024-02-29 13:45:06.789, 2024-02-29T13:45:06.789Z",
        "2024-02-29T13:45:06.123456789Z, 2024-02-29T13:45:06.123456Z",
        "2024-02-29T13:45:06+05:30, 2024-02-29T08:15:06Z",
        "2024-02-29T13:45:06-0800, 2024-02-29T21:45:06Z",
        "2020-07-05 11-PM, 2020-07-05T23:00:00Z",
        "2020-07-05 12-AM, 2020-07-05T00:00:00Z",
        "1969-12-31T23:00:00Z, 1969-12-31T23:00:00Z",
        "1704067200, 2024-01-01T00:00:00Z",
        "1704067200.5, 2024-01-01T00:00:00.500Z",
        "1704067200000, 2024-01-01T00:00:00Z",
        "1704067200000000, 2024-01-01T00:00:00Z",
        "1704067200000000000, 2024-01-01T00:00:00Z",
    })
    void timeIsUnderstood(String text, Instant time) {
        assertThat(Naming.instant(micros(text))).isEqualTo(time);
    }

    @Test
    void everyDayOfACenturyIsUnderstood() {
        Instant day = Instant.parse("1970-01-01T00:00:00Z");
        for (int i = 0; i < 36_600; i++, day = day.plusSeconds(86_400)) {
            assertThat(micros(day.toString())).isEqualTo(day.getEpochSecond() * 1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2024-13-01",
                "2024-00-01",
                "2024-01-32",
                "2024-02-30",
                "2023-02-29",
                "2024-01-01X",
                "2024-01-01 25:00",
                "2024-01-01 10:00 CET",
                "-5",
                "1e400"
            })
    void whatIsNoTimeIsSaid(String text) {
        assertThatThrownBy(() -> micros(text)).isInstanceOf(NumberFormatException.class);
    }

    private static double number(String text) {
        return Line.of(1, List.of(text)).number(0);
    }

    private static long micros(String text) {
        return Line.of(1, List.of(text)).micros(0);
    }
}
