package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.dataset.Replay;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.promotion.GateRules;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TrainingPropertiesTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withUserConfiguration(Properties.class)
            .withPropertyValues("mlpool.model.storage=/models");

    @Test
    void defaultsForecastEachIntervalAtItsHorizons() {
        context.run(started -> {
            TrainingProperties properties = started.getBean(TrainingProperties.class);
            TrainingSettings settings = properties.settings();
            assertThat(settings.shape(Interval.FIVE_MINUTES).horizons())
                    .containsExactly(Horizon.of("5m"), Horizon.of("15m"), Horizon.of("1h"));
            assertThat(settings.shape(Interval.ONE_HOUR).horizons())
                    .containsExactly(Horizon.of("1h"), Horizon.of("4h"), Horizon.of("24h"));
            assertThat(settings.shape(Interval.FOUR_HOURS).horizons())
                    .containsExactly(Horizon.of("4h"), Horizon.of("24h"));
            assertThat(settings.shape(Interval.ONE_DAY).horizons())
                    .containsExactly(Horizon.of("24h"), Horizon.of("7d"));
            assertThat(settings.steps()).isEqualTo(64);
            assertThat(settings.heldOut()).isEqualTo(0.2);
            assertThat(settings.validation()).isEqualTo(0.18);
            assertThat(settings.folds()).isEqualTo(3);
            assertThat(settings.fewestFoldWindows()).isEqualTo(1000);
            assertThat(settings.mostFoldWindows()).isEqualTo(60_000);
            assertThat(settings.mostJudgedWindows()).isEqualTo(50_000);
            assertThat(settings.cost()).isEqualTo(new AsymmetricCost(2, 1));
            assertThat(settings.gate()).isEqualTo(new GateRules(0.05, 100, 10));
            assertThat(settings.replay()).isEqualTo(new Replay(0.25, 0.5));
            TriggerProperties triggers = properties.triggers();
            assertThat(triggers.intervals()).containsExactly("1h");
            assertThat(triggers.schedule()).isEqualTo("0 15 3 * * *");
            assertThat(triggers.newCandles()).isEqualTo(5000);
            assertThat(triggers.look()).isEqualTo(Duration.ofMinutes(1));
            assertThat(triggers.decays()).containsExactly(Cause.DRIFT, Cause.LOSS_OF_SKILL);
            assertThat(triggers.quiet()).isEqualTo(Duration.ofDays(1));
            assertThat(started.getBean(RegistryProperties.class).storage()).isEqualTo(Path.of("/models"));
        });
    }

    @Test
    void everyPropertyCanBeSet() {
        context.withPropertyValues(
                        "mlpool.training.horizons.1h=2h,8h",
                        "mlpool.training.steps=32",
                        "mlpool.training.held-out=0.3",
                        "mlpool.training.validation=0.1",
                        "mlpool.training.folds=2",
                        "mlpool.training.fewest-fold-windows=10",
                        "mlpool.training.most-fold-windows=1000",
                        "mlpool.training.most-judged-windows=2000",
                        "mlpool.training.gate.level=0.01",
                        "mlpool.training.gate.fewest-times=50",
                        "mlpool.training.gate.fewest-independent=5",
                        "mlpool.training.cost.over=3",
                        "mlpool.training.cost.under=0.5",
                        "mlpool.training.triggers.intervals=1h,1d",
                        "mlpool.training.triggers.algorithms=volatility,xgboost",
                        "mlpool.training.replay.newest=0.1",
                        "mlpool.training.replay.share=0.7",
                        "mlpool.training.triggers.fine-tune=false",
                        "mlpool.training.triggers.schedule=-",
                        "mlpool.training.triggers.new-candles=0",
                        "mlpool.training.triggers.look=5s",
                        "mlpool.training.triggers.drift=false",
                        "mlpool.training.triggers.loss-of-skill=false",
                        "mlpool.training.triggers.quiet=6h")
                .run(started -> {
                    TrainingProperties properties = started.getBean(TrainingProperties.class);
                    TrainingSettings settings = properties.settings();
                    assertThat(settings.shape(Interval.ONE_HOUR).horizons())
                            .containsExactly(Horizon.of("2h"), Horizon.of("8h"));
                    assertThat(settings.shape(Interval.ONE_DAY).horizons()).hasSize(2);
                    assertThat(settings)
                            .usingRecursiveComparison()
                            .ignoringFields("horizons")
                            .isEqualTo(new TrainingSettings(
                                    settings.horizons(),
                                    32,
                                    0.3,
                                    0.1,
                                    2,
                                    10,
                                    1000,
                                    2000,
                                    new AsymmetricCost(3, 0.5),
                                    new GateRules(0.01, 50, 5),
                                    new Replay(0.1, 0.7)));
                    assertThat(properties.triggers())
                            .isEqualTo(new TriggerProperties(
                                    java.util.List.of("1h", "1d"),
                                    java.util.List.of("volatility", "xgboost"),
                                    false,
                                    "-",
                                    0,
                                    Duration.ofSeconds(5),
                                    false,
                                    false,
                                    Duration.ofHours(6)));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps=0",
                "held-out=0.9",
                "validation=0",
                "folds=0",
                "gate.level=0.5",
                "gate.fewest-times=1",
                "cost.over=0",
                "triggers.new-candles=-1",
                "triggers.schedule=now and then",
                "triggers.intervals=2h",
                "triggers.look=0s",
                "triggers.quiet=-1s",
                "replay.newest=0",
                "replay.share=1",
                "horizons.1h=soon",
                "horizons.2h=4h",
                "horizons.4h=1h"
            })
    void valuesThatMakeNoSenseStopTheStart(String property) {
        context.withPropertyValues("mlpool.training." + property)
                .run(started -> assertThat(started).hasFailed());
    }

    @EnableConfigurationProperties({TrainingProperties.class, RegistryProperties.class})
    private static final class Properties {}
}
