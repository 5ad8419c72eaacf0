package io.mlpool.serving.book;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import io.mlpool.features.HistoryTooShortException;
import io.mlpool.market.SeriesKey;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.Doubts;
import io.mlpool.serving.forecast.Evidence;
import io.mlpool.serving.forecast.Forecast;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendered;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.LiveModels;
import io.mlpool.serving.live.Slot;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.Market;
import io.mlpool.serving.market.PastMarkets;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.serving.market.RecentCandles.Recent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings the book up to date: for each live model it asks about every asset that has a newer candle than its entry, or an entry
 * of another model, puts the answers into the book and then into the database, and scores the forecasts whose time has come.
 * Whoever calls it, however often: what is up to date is left alone.
 */
final class BookKeeping {

    private final LiveModels live;
    private final RecentCandles recentCandles;
    private final KnownAssets assets;
    private final PastMarkets markets;
    private final Patience patience;
    private final Forecasting forecasting;
    private final Rendering rendering;
    private final ForecastBook book;
    private final ForecastStore store;
    private final Timer timer;
    private final List<Forecast> unsaved = new ArrayList<>();

    BookKeeping(
            LiveModels live,
            RecentCandles recentCandles,
            KnownAssets assets,
            PastMarkets markets,
            Patience patience,
            Forecasting forecasting,
            Rendering rendering,
            ForecastBook book,
            ForecastStore store,
            MeterRegistry meters) {
        this.live = live;
        this.recentCandles = recentCandles;
        this.assets = assets;
        this.markets = markets;
        this.patience = patience;
        this.forecasting = forecasting;
        this.rendering = rendering;
        this.book = book;
        this.store = store;
        this.timer = Timer.builder("mlpool.book.update")
                .description("Time from finding new candles or models to their forecasts being served")
                .register(meters);
    }

    /** Once. */
    synchronized void update() {
        assets.refresh();
        List<Slot> slots = live.all().stream().map(LiveModel::slot).toList();
        book.retain(slots);
        slots.forEach(slot -> live.ask(slot, this::update));
        store.save(unsaved);
        unsaved.clear();
        store.score();
    }

    private Set<String> update(LiveModel model) {
        FeatureSchema schema = model.manifest().features();
        Map<String, Instant> closes = recentCandles.newestCloses(schema.interval());
        Set<String> due =
                patience.ready(schema, book.due(model.slot(), model.version().version(), closes), closes);
        if (!due.isEmpty()) {
            timer.record(() -> ask(model, due));
        }
        return due;
    }

    private void ask(LiveModel model, Set<String> due) {
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
        enter(model, evidence, entries);
        book.put(model.slot(), entries);
    }

    private void enter(LiveModel model, List<Evidence> evidence, Map<String, BookEntry> entries) {
        List<List<Forecast>> forecasts = forecasting.forecasts(model, evidence);
        for (int i = 0; i < evidence.size(); i++) {
            Evidence about = evidence.get(i);
            entries.put(about.asset(), entry(model, about, forecasts.get(i)));
            unsaved.addAll(forecasts.get(i));
        }
    }

    private BookEntry entry(LiveModel model, Evidence about, List<Forecast> forecasts) {
        int version = model.version().version();
        if (forecasts.isEmpty()) {
            return BookEntry.refused(
                    version, about.window().asOf(), "%s moves too wildly for a forecast".formatted(about.series()));
        }
        Map<Horizon, Rendered> rendered = new HashMap<>();
        forecasts.forEach(forecast -> rendered.put(forecast.horizon(), rendering.render(forecast)));
        return BookEntry.of(version, about.window().asOf(), rendered);
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

    private static BookEntry refused(LiveModel model, Recent recent, HistoryTooShortException e) {
        Instant asOf = recent.series().closeTime(recent.series().size() - 1);
        return BookEntry.refused(model.version().version(), asOf, String.valueOf(e.getMessage()));
    }
}
