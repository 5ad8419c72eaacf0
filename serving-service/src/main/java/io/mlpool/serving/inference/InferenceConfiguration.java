package io.mlpool.serving.inference;

import io.mlpool.serving.live.LiveModels;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InferenceConfiguration {

    @Bean
    Inference inference(LiveModels live) {
        return new Inference(live);
    }
}
