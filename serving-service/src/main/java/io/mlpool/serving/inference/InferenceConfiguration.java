package io.mlpool.serving.inference;

import io.mlpool.serving.live.LiveForecasters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InferenceConfiguration {

    @Bean
    Inference inference(LiveForecasters live) {
        return new Inference(live);
    }
}
