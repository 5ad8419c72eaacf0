package io.mlpool.standalone.odds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A labelled data set, as ODDS has them (Rayana: ODDS Library, 2016).
 *
 * @param features {@code [rows x width]}
 * @param outlier of each row
 */
public record OddsSet(String name, float[] features, int width, boolean[] outlier) {

    /**
     * The sets of a folder in the order of their names: files {@code .csv}, which may be {@code .gz}, with a line of names, then numbers and in the
     * last column 1 for an outlier.
     *
     * @throws UncheckedIOException when one cannot be read
     * @throws IllegalArgumentException when there are none, or one has something else in it
     */
    public static List<OddsSet> read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<OddsSet> sets = files.filter(
                            file -> file.getFileName().toString().matches(".*\\.csv(\\.gz)?"))
                    .sorted()
                    .map(OddsSet::set)
                    .toList();
            if (sets.isEmpty()) {
                throw new IllegalArgumentException("there are no files *.csv or *.csv.gz in " + folder);
            }
            return sets;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder " + folder, e);
        }
    }

    private static OddsSet set(Path file) {
        List<String[]> rows =
                lines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
        int width = rows.isEmpty() ? 0 : rows.getFirst().length - 1;
        float[] features = new float[rows.size() * width];
        boolean[] outlier = new boolean[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            if (row.length != width + 1) {
                throw new IllegalArgumentException(
                        "row %d of %s has %d columns, the first one %d".formatted(i + 1, file, row.length, width + 1));
            }
            for (int f = 0; f < width; f++) {
                features[i * width + f] = Float.parseFloat(row[f]);
            }
            outlier[i] = Float.parseFloat(row[width]) == 1;
        }
        return new OddsSet(file.getFileName().toString().replaceFirst("\\.csv(\\.gz)?$", ""), features, width, outlier);
    }

    private static List<String> lines(Path file) {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    public int rows() {
        return outlier.length;
    }

    public int outliers() {
        int count = 0;
        for (boolean one : outlier) {
            count += one ? 1 : 0;
        }
        return count;
    }

    /**
     * Area under the curve of true over false alarms: how likely an outlier has a higher score than another row, by the sum of ranks (Hanley,
     * McNeil: The meaning and use of the area under a ROC curve, Radiology 143, 1982). Equal scores count half.
     *
     * @param scores {@code [rows]}
     */
    public double rocAuc(float[] scores) {
        double won = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int other = 0; outlier[i] && other < scores.length; other++) {
                if (!outlier[other]) {
                    won += scores[i] > scores[other] ? 1 : scores[i] == scores[other] ? 0.5 : 0;
                }
            }
        }
        return won / ((double) outliers() * (rows() - outliers()));
    }
}
