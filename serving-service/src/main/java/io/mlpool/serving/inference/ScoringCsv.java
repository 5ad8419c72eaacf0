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

    /** @throws RefusedException 400 saying which row and column is wrong; rows are counted from 1 behind the header */
    static float[] read(byte[] body) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setSkipHeaderRecord(true)
                .setHeader()
                .setAllowMissingColumnNames(true)
                .get();
        Numbers numbers = new Numbers(body.length / 8, MOST_NUMBERS);
        long row = 0;
        int width = 0;
        try (CSVParser rows = CSVParser.parse(new String(body, StandardCharsets.UTF_8), format)) {
            for (CSVRecord one : rows) {
                row = one.getRecordNumber();
                width = row == 1 ? one.size() : width;
                requireWidth(one, width);
                for (int column = 0; column < width; column++) {
                    numbers.add(number(one, column));
                }
            }
            return numbers.toArray();
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new RefusedException(400, "the CSV cannot be read behind row %d: is a quote open?".formatted(row));
        }
    }

    private static void requireWidth(CSVRecord row, int width) {
        if (row.size() != width) {
            throw new RefusedException(
                    400, "row %d has %d columns, the first has %d".formatted(row.getRecordNumber(), row.size(), width));
        }
    }

    private static float number(CSVRecord row, int column) {
        String field = row.get(column);
        try {
            float value = Float.parseFloat(field.strip());
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        String shown = field.length() <= 40 ? field : field.substring(0, 40) + "...";
        throw new RefusedException(
                400,
                "row %d, column %d holds '%s', which is no number that FP32 can hold"
                        .formatted(row.getRecordNumber(), column + 1, shown));
    }
}
