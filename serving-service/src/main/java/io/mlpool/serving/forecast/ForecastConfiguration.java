package io.mlpool.serving.forecast;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustProperties.class)
class ForecastConfiguration {

    @Bean
    Forecasting forecasting(TrustProperties properties) {
        return new Forecasting(new Doubts(properties));
    }

    @Bean
    Rendering rendering(JsonMapper json) {
        return new Rendering(json);
    }
}
