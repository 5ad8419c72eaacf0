package io.mlpool.featurestore;

import io.mlpool.market.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The views that this build computes: where a new one is added. */
public final class FeatureViews {

    private final List<PublishedView> views;

    private FeatureViews(List<PublishedView> views) {
        this.views = List.copyOf(views);
    }

    /**
     * The views of some intervals.
     *
     * @param market assets that the market is the mean of
     * @throws IllegalArgumentException when bitcoin, which leads it, is not one of them
     */
    public static FeatureViews of(Collection<Interval> intervals, List<String> market) {
        if (!market.contains(MarketView.LEADER)) {
            throw new IllegalArgumentException("the market must have bitcoin in it, found " + market);
        }
        return new FeatureViews(intervals.stream()
                .flatMap(interval -> Stream.of(
                        new PriceView(interval), new MarketView(interval, market), new LiquidityView(interval)))
                .map(PublishedView::of)
                .toList());
    }

    public List<PublishedView> all() {
        return views;
    }

    public Optional<PublishedView> find(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    public List<String> names() {
        return views.stream().map(PublishedView::name).toList();
    }
}
