package io.mlpool.featurestore;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** What the market as a whole did: the columns of {@code price-v3} that are the same for all assets. There is a row where the leader has a candle. */
final class MarketView implements FeatureView {

    /** Whose candles make the rows. */
    static final String LEADER = "bitcoin";

    private final FeatureSchema schema;
    private final int[] columns;
    private final ViewDefinition definition;

    /** @param market assets whose mean is the market; {@link #LEADER} must be one */
    MarketView(Interval interval, List<String> market) {
        schema = FeatureSchema.price(interval, 1, market);
        columns = IntStream.range(0, schema.width())
                .filter(i -> isMarket(schema.names().get(i)))
                .toArray();
        definition = new ViewDefinition(
                "market_" + interval,
                1,
                "forecasting",
                Entity.MARKET,
                interval,
                interval.duration().multipliedBy(2),
                schema.historyBars(),
                market,
                "Returns of bitcoin and the mean over " + String.join(", ", market)
                        + ", each in units of its own volatility. Numbers in names are bars.",
                IntStream.of(columns)
                        .mapToObj(i -> schema.names().get(i))
                        .map(MarketView::feature)
                        .toList());
    }

    static boolean isMarket(String feature) {
        return feature.startsWith("leader_") || feature.startsWith("market_");
    }

    @Override
    public ViewDefinition definition() {
        return definition;
    }

    @Override
    public List<FeatureRow> rows(Collection<CandleSeries> series) {
        MarketFactor factor = MarketFactor.of(schema, series);
        return series.stream()
                .filter(one -> one.key().asset().equals(LEADER))
                .flatMap(one -> FeatureFrame.of(schema, one, factor).stream())
                .flatMap(frame -> PriceView.rows(frame, columns))
                .toList();
    }

    private static ViewFeature feature(String name) {
        String bars = name.substring(name.lastIndexOf('_') + 1);
        String whose = name.startsWith("leader_") ? "bitcoin's return" : "mean return of the market";
        return new ViewFeature(name, "%s over %s bars in units of volatility".formatted(whose, bars));
    }
}
