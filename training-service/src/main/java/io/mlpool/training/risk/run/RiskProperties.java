package io.mlpool.training.risk.run;

import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Horizon;
import io.mlpool.risk.RiskEvent;
import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.risk.fit.RiskSettings;
import io.mlpool.training.risk.fit.TreeSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Models of risk and when they are made.
 *
 * @param schedule cron expression with seconds, UTC; {@code -} for never
 * @param interval of the candles
 * @param market assets whose mean return is the market's
 * @param events one model for each horizon ({@code 7d}); those that are not set keep their defaults
 * @param judged share of the rows that judges a model, the newest
 * @param leastRows rows that are needed to begin
 * @param leastEpisodes losses to learn from that are needed, and a third of it to be judged on
 */
@Validated
@ConfigurationProperties("mlpool.training.risk")
record RiskProperties(
        @DefaultValue("0 45 3 * * *") String schedule,
        @DefaultValue("1h") String interval,
        @DefaultValue({"bitcoin", "ethereum"}) List<String> market,
        @Nullable Map<String, @Valid Thresholds> events,

        @DefaultValue("0.25") @DecimalMin("0.05") @DecimalMax("0.5") double judged,

        @DefaultValue("2000") @Min(100) int leastRows,
        @DefaultValue("30") @Min(3) int leastEpisodes,
        @DefaultValue @Valid Gate gate) {

    RiskProperties {
        Schedules.cron(schedule, ZoneOffset.UTC);
        Interval parsed = Interval.of(interval);
        market.forEach(asset -> SeriesKey.usd(asset, parsed));
    }

    /**
     * What a severe loss is.
     *
     * @param drawdown share of the price
     * @param lockedFall share of the dollars locked
     */
    record Thresholds(double drawdown, double lockedFall) {}

    /**
     * When a candidate is promoted.
     *
     * @param level highest probability that noise alone would have looked so good, one-sided
     * @param fewestTimes days that must be scored
     * @param fewestIndependent stretches as long as the horizon that must be scored
     */
    record Gate(
            @DefaultValue("0.05") @DecimalMin("0.0001") @DecimalMax("0.49") double level,

            @DefaultValue("100") @Min(2) int fewestTimes,
            @DefaultValue("5") @Min(1) int fewestIndependent) {}

    RiskSettings settings() {
        return new RiskSettings(
                Interval.of(interval),
                market,
                named(),
                judged,
                leastRows,
                leastEpisodes,
                TreeSettings.DEFAULT,
                new GateRules(gate.level(), gate.fewestTimes(), gate.fewestIndependent()));
    }

    private List<RiskEvent> named() {
        Map<Horizon, RiskEvent> all = new TreeMap<>(Comparator.naturalOrder());
        RiskSettings.DEFAULT.events().forEach(event -> all.put(event.horizon(), event));
        if (events != null) {
            events.forEach((label, loss) ->
                    all.put(Horizon.of(label), new RiskEvent(Horizon.of(label), loss.drawdown(), loss.lockedFall())));
        }
        return List.copyOf(all.values());
    }
}
