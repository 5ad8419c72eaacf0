package io.mlpool.ingest.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.RawCandle;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowSortTest {

    @Test
    void rowsComeBackInOrderHoweverManyPartsTheyWereIn() {
        List<RawCandle> told = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            told.add(row(i % 2 == 0 ? "bitcoin" : "ethereum", i / 2, i));
        }
        Collections.shuffle(told, new Random(5));

        List<RawCandle> sorted = new ArrayList<>();
        try (RowSort sort = new RowSort(64)) {
            told.forEach(sort::add);
            sort.sorted().forEachRemaining(sorted::add);
            assertThat(sort.spilledParts()).isEqualTo(15);
        }

        told.sort(RowOrder.INSTANCE);
        assertThat(sorted).isEqualTo(told);
    }

    @Test
    void rowsOfTheSameTimeStayInTheOrderInWhichTheyWereTold() {
        try (RowSort sort = new RowSort(3)) {
            for (int i = 0; i < 10; i++) {
                sort.add(row("bitcoin", 0, i));
            }
            Iterator<RawCandle> sorted = sort.sorted();
            for (int i = 0; i < 10; i++) {
                assertThat(sorted.next().line()).isEqualTo(i);
            }
        }
    }

    @Test
    void twoMillionRowsNewestFirstPassThroughBoundedMemory() {
        int count = 2_000_000;
        long[] cleaned = new long[1];
        try (RowSort sort = new RowSort()) {
            for (int i = count - 1; i >= 0; i--) {
                sort.add(row("bitcoin", i, count - i));
            }
            assertThat(sort.spilledParts()).isEqualTo(9);
            new Cleaning(new Findings(), Instant.MAX).clean(sort.sorted(), candle -> {
                cleaned[0] += candle.candle().openTime().getEpochSecond() == cleaned[0] * 60 ? 1 : 0;
            });
        }

        assertThat(cleaned[0]).isEqualTo(count);
    }

    private static RawCandle row(String asset, long minute, long line) {
        SeriesKey key = SeriesKey.usd(asset, Interval.ONE_MINUTE);
        double price = 100 + minute % 3;
        return new RawCandle(
                key,
                "test",
                line,
                Instant.ofEpochSecond(minute * 60),
                price,
                price,
                price,
                price,
                1,
                Volume.Kind.BASE,
                false,
                true);
    }
}
