package io.mlpool.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every view keeps. A test of a view extends this, gives the view and writes down its version and fingerprint. */
abstract class FeatureViewContract {

    private static final long START = 1_700_006_400L / 86_400 * 86_400;

    abstract FeatureView view();

    /** Version and the beginning of the hash, as in {@code 1 3f9a...}: who changes what a view computes counts the version up and writes both here. */
    abstract String fingerprint();

    @Test
    void whatItComputesChangesOnlyWithItsVersion() {
        assertThat(view().definition().version() + " " + TransformationHash.of(view()))
                .startsWith(fingerprint());
        assertThat(fingerprint()).hasSizeGreaterThan(9);
    }

    @Test
    void aRowIsAFunctionOfTheCandlesWithinItsReach() {
        Collection<CandleSeries> market = market(1);
        List<FeatureRow> whole = view().rows(market);
        assertThat(whole).hasSizeGreaterThan(100);

        for (int i = 0; i < whole.size(); i += 7) {
            FeatureRow row = whole.get(i);
            Instant from = row.eventTime().minus(view().definition().history());
            FeatureRow alone = view().rows(cut(market, from, row.eventTime())).getLast();
            assertThat(alone.eventTime()).isEqualTo(row.eventTime());
            assertThat(alone.values()).containsExactly(row.values());
        }
    }

    @Test
    void aRowHasAValueForEachFeatureAndIsOfTheCloseOfACandle() {
        Collection<CandleSeries> market = market(2);
        ViewDefinition definition = view().definition();
        List<Instant> closes = market.stream()
                .flatMap(series -> IntStream.range(0, series.size()).mapToObj(series::closeTime))
                .toList();

        List<FeatureRow> rows = view().rows(market);

        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.values()).hasSize(definition.features().size()))
                .extracting(FeatureRow::eventTime)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(closes).containsAll(rows.stream().map(FeatureRow::eventTime).toList());
    }

    @Test
    void everyFeatureMoves() {
        List<FeatureRow> rows = view().rows(market(3));
        for (int i = 0; i < view().definition().features().size(); i++) {
            int feature = i;
            assertThat(rows.stream()
                            .map(row -> row.values()[feature])
                            .distinct()
                            .count())
                    .as(view().definition().features().get(i).name())
                    .isGreaterThan(3);
        }
    }

    @Test
    void noCandlesAreNoRows() {
        assertThat(view().rows(List.of())).isEmpty();
    }

    /** Candles that open at {@code from} or later and close at {@code event} or before. */
    private static Collection<CandleSeries> cut(Collection<CandleSeries> market, Instant from, Instant event) {
        return market.stream()
                .map(series -> {
                    int first = 0;
                    while (first < series.size() && series.openTime(first).isBefore(from)) {
                        first++;
                    }
                    return series.slice(first, Math.max(first, series.closedBy(event)));
                })
                .toList();
    }

    /** Walks with short holes, one long outage, and hours without a trade, in which the price stays. */
    private Collection<CandleSeries> market(long seed) {
        ViewDefinition definition = view().definition();
        List<String> assets = definition.entity() == Entity.ASSET ? List.of("dogecoin") : definition.sources();
        List<CandleSeries> market = new ArrayList<>();
        for (String asset : assets) {
            market.add(walk(SeriesKey.usd(asset, definition.interval()), new Random(seed + asset.hashCode())));
        }
        return market;
    }

    private CandleSeries walk(SeriesKey key, Random random) {
        int bars = 2 * view().definition().reach() + 400;
        CandleSeries.Builder builder = new CandleSeries.Builder(key, bars);
        double price = 100;
        for (int i = 0; i < bars; i++) {
            boolean traded = random.nextInt(20) > 0;
            price *= traded ? Math.exp(0.01 * random.nextGaussian()) : 1;
            boolean outage = i > bars / 3 && i < bars / 3 + 12;
            if (!outage && random.nextInt(50) > 0) {
                double amount = traded ? 10 + random.nextInt(90) : 0;
                builder.add(START + i * key.interval().seconds(), price, Volume.base(amount));
            }
        }
        return builder.build();
    }
}
