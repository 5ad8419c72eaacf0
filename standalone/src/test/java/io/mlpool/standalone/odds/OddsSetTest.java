package io.mlpool.standalone.odds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddsSetTest {

    private static final String ROWS = "a,b,label\n1,2,0\n3.5,-4,1\n5,6,0\n7,8,1\n9,9,0\n";

    @TempDir
    Path folder;

    @Test
    void filesAreReadPackedOrNot() throws IOException {
        Files.writeString(folder.resolve("plain.csv"), ROWS);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("a-packed.csv.gz")))) {
            out.write(ROWS.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(OddsSet.read(folder)).extracting(OddsSet::name).containsExactly("a-packed", "plain");
        OddsSet set = OddsSet.read(folder).getFirst();
        assertThat(set.width()).isEqualTo(2);
        assertThat(set.features()).startsWith(1, 2, 3.5f, -4);
        assertThat(set.outlier()).containsExactly(false, true, false, true, false);
    }

    @Test
    void theAreaIsHowOftenAnOutlierScoresHigher() throws IOException {
        Files.writeString(folder.resolve("plain.csv"), ROWS);
        OddsSet set = OddsSet.read(folder).getFirst();

        assertThat(set.rocAuc(new float[] {0.1f, 0.8f, 0.3f, 0.9f, 0.2f})).isEqualTo(1);
        assertThat(set.rocAuc(new float[5])).isEqualTo(0.5);
        assertThat(set.rocAuc(new float[] {0.1f, 0.4f, 0.4f, 0.8f, 0.6f}))
                .as("scikit-learn 1.9.1: roc_auc_score([0, 1, 0, 1, 0], [0.1, 0.4, 0.4, 0.8, 0.6])")
                .isCloseTo(0.75, within(1e-12));
    }

    @Test
    void whatIsNoDataSetIsSaid() throws IOException {
        assertThatThrownBy(() -> OddsSet.read(folder)).hasMessageStartingWith("there are no files *.csv");

        Files.writeString(folder.resolve("short.csv"), "a,label\n1,0\n1\n");
        assertThatThrownBy(() -> OddsSet.read(folder))
                .hasMessageContaining("row 2 of", "has 1 columns, the first one 2");
    }
}
