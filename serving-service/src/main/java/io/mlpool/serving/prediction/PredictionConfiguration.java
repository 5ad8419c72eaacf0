package io.mlpool.serving.prediction;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveModels;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.PastMarkets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PredictionConfiguration {

    @Bean
    PredictionService predictionService(
            LiveModels live,
            ForecastBook book,
            KnownAssets assets,
            PastMarkets markets,
            Forecasting forecasting,
            Rendering rendering,
            MeterRegistry meters,
            Clock clock) {
        SentForecasts sent = new SentForecasts(markets, forecasting, rendering);
        return new PredictionService(live, book, assets, sent, rendering, meters, clock);
    }
}
