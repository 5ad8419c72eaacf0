package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.market.Interval;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.TestCandles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetReaderTest {

    private static final int STEPS = 4;
    private static final DatasetRequest ALL = new DatasetRequest(Interval.ONE_HOUR, List.of(), Optional.empty(), STEPS);

    private final TestDatabase database = TestDatabase.create();
    private final TestCandles candles = new TestCandles(database.dataSource());
    private final DatasetReader reader = Databases.reader(database.dataSource());

    @Test
    void aSnapshotNamesItsCandles() {
        load("ethereum", 400);
        load("bitcoin", 420);

        DatasetSnapshot snapshot = reader.read(ALL).snapshot();

        assertThat(snapshot.assets()).containsExactly("bitcoin", "ethereum");
        assertThat(snapshot.market()).containsExactly("bitcoin", "ethereum");
        assertThat(snapshot.rows()).isEqualTo(820);
        assertThat(snapshot.watermark()).isEqualTo(TestCandles.START.plus(Duration.ofHours(420)));
    }

    @Test
    void theVersionIsTheSameWhenReadAgainAndWhenReadUntilItsWatermarkLater() {
        load("bitcoin", 400);
        DatasetSnapshot before = reader.read(ALL).snapshot();
        candles.load("bitcoin", Interval.ONE_HOUR, TestCandles.START.plus(Duration.ofHours(400)), 1, 2, 3);

        assertThat(reader.read(until(before.watermark())).snapshot()).isEqualTo(before);
        assertThat(reader.read(ALL).snapshot().version()).isNotEqualTo(before.version());
    }

    @Test
    void theVersionChangesWithTheSmallestCorrection() {
        load("bitcoin", 400);
        String before = reader.read(ALL).snapshot().version();

        database.jdbc()
                .sql("UPDATE candle SET volume = volume + 1e-9 WHERE open_time = '2021-01-05T00:00Z'")
                .update();

        assertThat(reader.read(ALL).snapshot().version()).isNotEqualTo(before);
    }

    @Test
    void unfinishedCandlesDoNotCount() {
        load("bitcoin", 400);
        database.jdbc()
                .sql("UPDATE candle SET finished = false WHERE open_time = (SELECT max(open_time) FROM candle)")
                .update();

        assertThat(reader.read(ALL).snapshot().rows()).isEqualTo(399);
    }

    @Test
    void assetsWithTooLittleHistoryAreLeftOutAndSaidSo() {
        load("bitcoin", 400);
        load("dogecoin", 100);

        DatasetSnapshot snapshot = reader.read(new DatasetRequest(
                        Interval.ONE_HOUR, List.of("bitcoin", "dogecoin", "unheard-of"), Optional.empty(), STEPS))
                .snapshot();

        assertThat(snapshot.assets()).containsExactly("bitcoin");
        assertThat(snapshot.leftOut())
                .containsEntry("dogecoin", "100 candles, no 364 in a row")
                .containsEntry("unheard-of", "no 1h candles until 2021-01-17T16:00:00Z");
    }

    @Test
    void historyInPiecesIsNotHistory() {
        double[] closes = TestCandles.walk(500, 0, 1);
        for (int i = 250; i < 260; i++) {
            closes[i] = Double.NaN;
        }
        candles.load("bitcoin", Interval.ONE_HOUR, TestCandles.START, closes);

        assertThatThrownBy(() -> reader.read(ALL))
                .isInstanceOf(NoDataException.class)
                .hasMessageContaining("bitcoin=490 candles, no 364 in a row");
    }

    @Test
    void nothingAtAllIsSaidToBeNothing() {
        assertThatThrownBy(() -> reader.read(ALL))
                .isInstanceOf(NoDataException.class)
                .hasMessageContaining("no asset has enough 1h candles")
                .hasMessageContaining("Import or fetch more history first");
    }

    private void load(String asset, int bars) {
        candles.load(asset, Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(bars, 0, asset.hashCode()));
    }

    private static DatasetRequest until(Instant watermark) {
        return new DatasetRequest(Interval.ONE_HOUR, List.of("bitcoin"), Optional.of(watermark), STEPS);
    }
}
