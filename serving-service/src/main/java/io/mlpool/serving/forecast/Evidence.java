package io.mlpool.serving.forecast;

import io.mlpool.features.FeatureWindow;
import java.util.List;

/**
 * What a forecast is made from.
 *
 * @param series names the candles unmistakably: the series key, or a digest of candles that a caller sent
 * @param asset as it is to stand in the answer
 * @param window what the model sees
 * @param doubts about the candles
 */
public record Evidence(String series, String asset, String vsCurrency, FeatureWindow window, List<String> doubts) {

    public Evidence {
        doubts = List.copyOf(doubts);
    }
}
