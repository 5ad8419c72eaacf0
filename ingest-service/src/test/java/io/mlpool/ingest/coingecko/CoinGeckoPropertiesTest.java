package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class CoinGeckoPropertiesTest {

    private static final String PREFIX = "mlpool.ingest.coingecko.";
    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaultsAreKeylessAndCareful() {
        context.run(started -> {
            CoinGeckoProperties settings = started.getBean(CoinGeckoProperties.class);

            assertThat(settings)
                    .isEqualTo(new CoinGeckoProperties(
                            true,
                            null,
                            null,
                            null,
                            null,
                            null,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            DataSize.ofMegabytes(16),
                            4,
                            Duration.ofMinutes(3),
                            Duration.ofDays(90)));
            assertThat(settings.access())
                    .isEqualTo(new CoinGeckoAccess(Plan.KEYLESS, null, URI.create("https://api.coingecko.com/api/v3")));
            assertThat(settings.requestsPerMinuteOrPlan()).isEqualTo(5);
            assertThat(settings.monthlyCreditsOrPlan()).isEqualTo(10_000);
        });
    }

    @Test
    void everythingCanBeSet() {
        context.withPropertyValues(
                        PREFIX + "enabled=false",
                        PREFIX + "plan=pro",
                        PREFIX + "api-key=CG-1",
                        PREFIX + "base-url=http://proxy/api/v3",
                        PREFIX + "requests-per-minute=7",
                        PREFIX + "monthly-credits=8",
                        PREFIX + "connect-timeout=1s",
                        PREFIX + "read-timeout=2s",
                        PREFIX + "max-response=1MB",
                        PREFIX + "attempts=2",
                        PREFIX + "longest-wait=3s",
                        PREFIX + "history=800d")
                .run(started -> {
                    CoinGeckoProperties settings = started.getBean(CoinGeckoProperties.class);
                    assertThat(settings)
                            .isEqualTo(new CoinGeckoProperties(
                                    false,
                                    Plan.PRO,
                                    "CG-1",
                                    URI.create("http://proxy/api/v3"),
                                    7,
                                    8L,
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(2),
                                    DataSize.ofMegabytes(1),
                                    2,
                                    Duration.ofSeconds(3),
                                    Duration.ofDays(800)));
                    assertThat(settings.reachableHistory())
                            .isEqualTo(Duration.ofDays(730).minusHours(1));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requests-per-minute=0",
                "monthly-credits=-1",
                "connect-timeout=0s",
                "read-timeout=0s",
                "attempts=0",
                "attempts=11",
                "longest-wait=0s",
                "history=1h",
                "plan=gold"
            })
    void badValueStopsTheStart(String setting) {
        context.withPropertyValues(PREFIX + setting)
                .run(started -> assertThat(started).hasFailed());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -,    -,    KEYLESS
            '',   ' ',  KEYLESS
            -,    CG-1, DEMO
            demo, CG-1, DEMO
            PRO,  CG-1, PRO
            """)
    void environmentDecidesThePlan(String plan, String key, Plan expected) {
        assertThat(CoinGeckoAccess.of(environment(plan, key)).plan()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            pro,     -,    COINGECKO_API_KEY is not set
            keyless, CG-1, COINGECKO_PLAN is keyless but
            gold,    CG-1, 'keyless, demo or pro (any paid plan), found ''gold'''
            """)
    void contradictionsSayWhatToDo(String plan, String key, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoinGeckoAccess.of(environment(plan, key)))
                .withMessageContaining(words);
    }

    @Test
    void keyIsNotShown() {
        CoinGeckoAccess access = CoinGeckoAccess.of(Plan.DEMO, "CG-secret", null);

        assertThat(access.toString()).doesNotContain("CG-secret");
        assertThat(Fixture.settings(Plan.DEMO, "CG-secret", access.root(), 1L, Duration.ofDays(1))
                        .toString())
                .doesNotContain("CG-secret");
    }

    private static Map<String, String> environment(String plan, String key) {
        Map<String, String> environment = new HashMap<>();
        if (plan != null) {
            environment.put("COINGECKO_PLAN", plan);
        }
        if (key != null) {
            environment.put("COINGECKO_API_KEY", key);
        }
        return environment;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(CoinGeckoProperties.class)
    static class Settings {}
}
