package io.mlpool.serving.forecast;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustProperties.class)
class ForecastConfiguration {

    @Bean
    Forecasting forecasting(TrustProperties properties, MeterRegistry meters) {
        Gauge.builder("mlpool.model.age.limit", () -> properties.modelExpiry().toSeconds())
                .description("Age of a model from which on its forecasts are not trusted")
                .baseUnit("seconds")
                .register(meters);
        return new Forecasting(new Doubts(properties));
    }

    @Bean
    Rendering rendering(JsonMapper json) {
        return new Rendering(json);
    }
}
