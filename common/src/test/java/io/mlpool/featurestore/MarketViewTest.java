package io.mlpool.featurestore;

import io.mlpool.market.Interval;
import java.util.List;

class MarketViewTest extends FeatureViewContract {

    @Override
    FeatureView view() {
        return new MarketView(Interval.ONE_HOUR, List.of("bitcoin", "ethereum", "solana"));
    }

    @Override
    String fingerprint() {
        return "1 aa587bd582b49acd";
    }
}
