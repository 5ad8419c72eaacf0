package io.mlpool.serving.prediction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.experiment.TrafficSplits;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.PastMarkets;
import io.mlpool.serving.performance.Experiences;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class PredictionConfiguration {

    private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 200;

    @Bean
    PredictionService predictionService(
            LiveForecasters live,
            ForecastBook book,
            KnownAssets assets,
            PastMarkets markets,
            Experiences experiences,
            Forecasting forecasting,
            Rendering rendering,
            MeterRegistry meters,
            Clock clock) {
        SentForecasts sent = new SentForecasts(markets, experiences, forecasting, rendering);
        return new PredictionService(live, book, assets, sent, lookUps(meters), clock);
    }

    /** Behind those that ask who is there, before those that only Spring MVC needs. */
    @Bean
    FilterRegistrationBean<AskedBefore> askedBefore(
            LiveForecasters live,
            ForecastBook book,
            JsonMapper json,
            TrafficSplits traffic,
            MeterRegistry meters,
            Clock clock) {
        AskedBefore filter = new AskedBefore(new KnownQuestions(live, book, json, traffic), clock, lookUps(meters));
        FilterRegistrationBean<AskedBefore> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(ORDER);
        registration.addUrlPatterns("/predict");
        return registration;
    }

    private static Timer lookUps(MeterRegistry meters) {
        return Timer.builder("mlpool.lookup")
                .description("Time to find a known asset's forecast")
                .publishPercentileHistogram()
                .register(meters);
    }
}
