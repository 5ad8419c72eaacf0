package io.mlpool.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.GoldenAnswer;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.serving.load.QuestionsInProgress;
import io.mlpool.testing.ConstantModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveForecastersTest {

    private static final Slot SLOT = new Slot("price-1h", Alias.CHAMPION);
    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    private final LiveForecasters live = new LiveForecasters(
            "price-",
            new QuestionsInProgress(1, new SimpleMeterRegistry()),
            new Rejections(Clock.systemUTC(), Duration.ofMinutes(1)));
    private final NativeCores cores = new NativeCores(new SimpleMeterRegistry());

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private ForecastBundle bundle;

    @BeforeEach
    void makeABundle() {
        bundle = ConstantModel.forecasts(StoredFolder.plain(folder.resolve("bundle")), "run");
    }

    @Test
    void questionWhenTheModelIsSwappedMeanwhileIsAnsweredByTheOneItBeganWith() {
        OnnxForecaster old = bundle.load();
        live.swapIn(model(1, old));

        int answered = live.ask(SLOT, model -> {
                    live.swapIn(model(2, bundle.load()));
                    assertThat(model.forecast(bundle.golden().window(), 1))
                            .containsExactly(bundle.golden().forecast(), within(GoldenAnswer.TOLERANCE));
                    return model.version().version();
                })
                .orElseThrow();

        assertThat(answered).isEqualTo(1);
        assertThat(live.ask(SLOT, model -> model.version().version())).hasValue(2);
        assertThatThrownBy(() -> old.forecast(bundle.golden().window(), 1)).hasMessageContaining("closed");
    }

    @Test
    void modelThatIsTakenOutIsClosedAndTheSlotEmpty() {
        OnnxForecaster forecaster = bundle.load();
        live.swapIn(model(1, forecaster));

        live.takeOut(SLOT);

        assertThat(live.ask(SLOT, LiveForecaster::version)).isEmpty();
        assertThatThrownBy(() -> forecaster.forecast(bundle.golden().window(), 1))
                .hasMessageContaining("closed");
    }

    @Test
    void questionThatFailsLeavesTheModelToTheNext() {
        live.swapIn(model(1, bundle.load()));

        assertThatThrownBy(() -> live.ask(SLOT, model -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(live.ask(SLOT, model -> model.forecast(bundle.golden().window(), 1)))
                .isPresent();
    }

    @Test
    void callerBeyondTheLimitIsRefusedAndThePoolsOwnWorkIsNot() {
        live.swapIn(model(1, bundle.load()));

        live.ask(SLOT, model -> {
            assertThatThrownBy(() -> live.ask(SLOT, LiveForecaster::version))
                    .isInstanceOfSatisfying(RefusedException.class, refusal -> {
                        assertThat(refusal.status()).isEqualTo(503);
                        assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(1));
                    });
            assertThat(live.attend(SLOT, LiveForecaster::version)).isPresent();
            return model;
        });

        assertThat(live.ask(SLOT, LiveForecaster::version)).isPresent();
    }

    private LiveForecaster model(int version, OnnxForecaster forecaster) {
        ModelVersion registered = new ModelVersion("price-1h", version, "run", NOW, Map.of());
        return new LiveForecaster(SLOT, registered, bundle, NOW, forecaster, cores);
    }
}
