package io.mlpool.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ReplayPropertiesTest {

    private static final String PREFIX = "mlpool.ingest.replay.";
    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaultsPlayNothing() {
        context.run(started -> assertThat(started.getBean(ReplayProperties.class))
                .isEqualTo(new ReplayProperties(false, "bitstamp-2013", null, null, "60x", Times.ORIGINAL, 0.8, null)));
    }

    @Test
    void everythingCanBeSet() {
        context.withPropertyValues(
                        PREFIX + "enabled=true",
                        PREFIX + "recording=/data/trades.csv",
                        PREFIX + "asset=ethereum",
                        PREFIX + "interval=1h",
                        PREFIX + "speed=max",
                        PREFIX + "times=end-now",
                        PREFIX + "history-share=0.5",
                        PREFIX + "until=2013-11-28T00:00:00Z")
                .run(started -> assertThat(started.getBean(ReplayProperties.class))
                        .isEqualTo(new ReplayProperties(
                                true,
                                "/data/trades.csv",
                                "ethereum",
                                "1h",
                                "max",
                                Times.END_NOW,
                                0.5,
                                Instant.parse("2013-11-28T00:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recording=",
                "speed=fast",
                "times=later",
                "history-share=1.1",
                "history-share=-0.1",
                "until=soon"
            })
    void badValueStopsTheStart(String setting) {
        context.withPropertyValues(PREFIX + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(ReplayProperties.class)
    static class Settings {}
}
