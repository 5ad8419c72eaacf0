package io.mlpool.standalone.skab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkabScoreTest {

    @TempDir
    private Path folder;

    @Test
    void rowsAreCountedAsF1CountsThem() {
        SkabScore score = SkabScore.NOTHING
                .plus(SkabScore.of(true, true, true))
                .plus(SkabScore.of(true, true, false))
                .plus(SkabScore.of(true, false, false))
                .plus(SkabScore.of(false, true, true))
                .plus(SkabScore.of(false, false, false))
                .plus(SkabScore.TOLD);

        assertThat(score.f1()).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(score.falseShare()).isEqualTo(0.5);
        assertThat(score.missedShare()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(score.falseAlarmsADay()).isEqualTo(43_200);
        assertThat(score.rows()).isEqualTo(5);
        assertThat(score.series()).isEqualTo(1);
        assertThat(SkabScore.NOTHING.f1()).isZero();
    }

    @Test
    void aFileIsReadByItsColumns() throws IOException {
        Files.writeString(folder.resolve("0.csv"), """
                datetime;Pressure;Current;anomaly;changepoint
                2020-03-09 10:14:33;0.05;1.3;0.0;0.0
                2020-03-09 10:14:34;0.38;1.4;1.0;1.0
                """);

        SkabSeries series = SkabSeries.read(folder).getFirst();

        assertThat(series.sensors()).containsExactly("Pressure", "Current");
        assertThat(series.rows().get(1)).containsExactly(0.38, 1.4);
        assertThat(series.anomalous()).containsExactly(false, true);
    }

    @Test
    void aFolderWithoutSeriesIsRefused() {
        assertThatThrownBy(() -> SkabSeries.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("it has no *.csv");
    }
}
