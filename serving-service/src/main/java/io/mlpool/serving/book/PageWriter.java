package io.mlpool.serving.book;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import io.mlpool.features.HistoryTooShortException;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.Answer;
import io.mlpool.serving.forecast.Doubts;
import io.mlpool.serving.forecast.Evidence;
import io.mlpool.serving.forecast.Experience;
import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendered;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.market.Market;
import io.mlpool.serving.market.PastMarkets;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.serving.market.RecentCandles.Recent;
import io.mlpool.serving.performance.Experiences;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks a model about the newest candles of some assets, the market around them included. */
final class PageWriter {

    private final RecentCandles recentCandles;
    private final PastMarkets markets;
    private final Experiences experiences;
    private final Forecasting forecasting;
    private final Rendering rendering;
    private final Timer timer;

    PageWriter(
            RecentCandles recentCandles,
            PastMarkets markets,
            Experiences experiences,
            Forecasting forecasting,
            Rendering rendering,
            MeterRegistry meters) {
        this.recentCandles = recentCandles;
        this.markets = markets;
        this.experiences = experiences;
        this.forecasting = forecasting;
        this.rendering = rendering;
        this.timer = Timer.builder("mlpool.book.update")
                .description("Time from finding new candles or models to their forecasts being ready to serve")
                .register(meters);
    }

    /**
     * What a model said.
     *
     * @param entries by asset
     * @param made the forecasts behind them, to be stored
     */
    record Page(Map<String, BookEntry> entries, List<Made> made) {}

    Page write(LiveForecaster model, Set<String> due) {
        return Objects.requireNonNull(timer.record(() -> ask(model, due)));
    }

    private Page ask(LiveForecaster model, Set<String> due) {
        FeatureSchema schema = model.manifest().features();
        Set<String> wanted = new HashSet<>(due);
        wanted.addAll(schema.market());
        Map<String, Recent> recent = recentCandles.newest(wanted, schema.interval(), schema.historyBars());
        Market market =
                new Market(schema, recent.values().stream().map(Recent::series).toList());
        Map<String, BookEntry> entries = new HashMap<>();
        List<Evidence> evidence = new ArrayList<>();
        recent.keySet().retainAll(due);
        recent.forEach((asset, candles) -> {
            try {
                evidence.add(evidence(schema, candles, market));
            } catch (HistoryTooShortException e) {
                entries.put(asset, refused(model, candles, e));
            }
        });
        evidence.stream()
                .map(one -> one.window().asOf())
                .distinct()
                .forEach(asOf -> markets.remember(schema, asOf, market));
        return page(model, evidence, entries);
    }

    private Page page(LiveForecaster model, List<Evidence> evidence, Map<String, BookEntry> entries) {
        Experience experience = experiences.learn(
                model, evidence.stream().map(one -> one.window().asOf()).toList());
        List<Answer> answers = forecasting.answers(model, evidence, experience);
        for (int i = 0; i < evidence.size(); i++) {
            Evidence about = evidence.get(i);
            entries.put(about.asset(), entry(model, about, answers.get(i).forecasts()));
        }
        return new Page(entries, answers.stream().flatMap(PageWriter::made).toList());
    }

    /** What is watched is the same for all horizons: it goes with the nearest. */
    private static Stream<Made> made(Answer answer) {
        List<Forecast> forecasts = answer.forecasts();
        return IntStream.range(0, forecasts.size())
                .mapToObj(i -> new Made(forecasts.get(i), i == 0 ? answer.watched() : Optional.empty()));
    }

    private BookEntry entry(LiveForecaster model, Evidence about, List<Forecast> forecasts) {
        int version = model.version().version();
        if (forecasts.isEmpty()) {
            return BookEntry.refused(
                    version, about.window().asOf(), "%s moves too wildly for a forecast".formatted(about.series()));
        }
        Map<Horizon, Rendered> rendered = new HashMap<>();
        forecasts.forEach(forecast -> rendered.put(forecast.horizon(), rendering.render(forecast)));
        return BookEntry.of(version, about.window(), rendered);
    }

    private static Evidence evidence(FeatureSchema schema, Recent recent, Market market) {
        SeriesKey key = recent.series().key();
        FeatureWindow window = FeatureWindow.newest(schema, recent.series(), market.factor());
        List<String> doubts = new ArrayList<>();
        market.doubt(window.asOf()).ifPresent(doubts::add);
        if (recent.extreme()) {
            doubts.add(Doubts.EXTREME_MOVE);
        }
        return new Evidence(key.toString(), key.asset(), key.vsCurrency(), window, doubts);
    }

    private static BookEntry refused(LiveForecaster model, Recent recent, HistoryTooShortException e) {
        Instant asOf = recent.series().closeTime(recent.series().size() - 1);
        return BookEntry.refused(model.version().version(), asOf, String.valueOf(e.getMessage()));
    }
}
