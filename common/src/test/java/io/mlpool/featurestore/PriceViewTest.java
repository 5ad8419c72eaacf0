package io.mlpool.featurestore;

import io.mlpool.market.Interval;

class PriceViewTest extends FeatureViewContract {

    @Override
    FeatureView view() {
        return new PriceView(Interval.ONE_HOUR);
    }

    @Override
    String fingerprint() {
        return "2 0d34888a92bf02e2";
    }
}
