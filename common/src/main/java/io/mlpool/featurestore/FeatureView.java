package io.mlpool.featurestore;

import io.mlpool.market.CandleSeries;
import java.util.Collection;
import java.util.List;

/**
 * A group of features that are computed together. A new view is one class that implements this, one line in {@link FeatureViews}, and
 * one test that extends {@code FeatureViewContract}.
 */
public interface FeatureView {

    ViewDefinition definition();

    /**
     * The features at the close of each candle for which there are enough candles, oldest first. A row must be a function of the candles
     * that open within {@link ViewDefinition#reach} bars before its event time, whatever else is given.
     *
     * @param series of {@link Entity#ASSET} views the one of the asset, of {@link Entity#MARKET} views those of
     *     {@link ViewDefinition#sources} that there are; all of the view's interval
     */
    List<FeatureRow> rows(Collection<CandleSeries> series);
}
