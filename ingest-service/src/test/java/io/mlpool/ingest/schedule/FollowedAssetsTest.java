package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class FollowedAssetsTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaultsAreFewEnoughForThePlanWithoutKey() {
        context.run(started -> assertThat(started.getBean(FollowedAssets.class).assets())
                .containsExactly("bitcoin", "ethereum", "solana", "binancecoin", "ripple"));
    }

    @Test
    void listIsSetWithoutRepetition() {
        context.withPropertyValues("mlpool.ingest.assets=bitcoin,dogecoin,bitcoin")
                .run(started -> assertThat(started.getBean(FollowedAssets.class).assets())
                        .containsExactly("bitcoin", "dogecoin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BTC", "bit coin", "a/b"})
    void badValueStopsTheStart(String assets) {
        context.withPropertyValues("mlpool.ingest.assets=" + assets)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(FollowedAssets.class)
    static class Settings {}
}
