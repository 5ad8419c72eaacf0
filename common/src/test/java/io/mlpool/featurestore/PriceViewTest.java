package io.mlpool.featurestore;

import io.mlpool.market.Interval;

class PriceViewTest extends FeatureViewContract {

    @Override
    FeatureView view() {
        return new PriceView(Interval.ONE_HOUR);
    }

    @Override
    String fingerprint() {
        return "1 af9eaf8f89d65ada";
    }
}
