package io.mlpool.featurestore;

import io.mlpool.market.Interval;

class LiquidityViewTest extends FeatureViewContract {

    @Override
    FeatureView view() {
        return new LiquidityView(Interval.ONE_HOUR);
    }

    @Override
    String fingerprint() {
        return "1 f9bc729ff3be0e87";
    }
}
