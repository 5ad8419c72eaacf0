package io.mlpool.serving.inference;

import io.mlpool.errors.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Windows as CSV: a header with any names, then a row for each window with its numbers, step by step, oldest first. */
final class ScoringCsv {

    private static final int MOST_NUMBERS = 4_000_000;

    private ScoringCsv() {}

    /** @throws RefusedException 400 saying which line is wrong */
    static float[] read(byte[] body) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setSkipHeaderRecord(true)
                .setHeader()
                .setAllowMissingColumnNames(true)
                .get();
        Numbers numbers = new Numbers(body.length / 8, MOST_NUMBERS);
        try (CSVParser rows = CSVParser.parse(new String(body, StandardCharsets.UTF_8), format)) {
            for (CSVRecord row : rows) {
                for (String field : row) {
                    numbers.add(number(field, row.getRecordNumber()));
                }
            }
            return numbers.toArray();
        } catch (IOException | RuntimeException e) {
            throw e instanceof RefusedException refused
                    ? refused
                    : new RefusedException(400, "the CSV cannot be read: " + e.getMessage());
        }
    }

    private static float number(String field, long row) {
        try {
            float value = Float.parseFloat(field.strip());
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new RefusedException(400, "row %d holds '%s', which is no number".formatted(row, field));
    }
}
