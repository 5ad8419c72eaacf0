package io.mlpool.serving.book;

import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.performance.Liquidity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Brings the book up to date: for each live model it asks about every asset that has a newer candle than its entry, or an entry
 * of another model, puts the answers into the book and then into the database, and scores the forecasts whose time has come.
 * Whoever calls it, however often: what is up to date is left alone.
 */
final class BookKeeping {

    /** The candles of so many lie in memory while a model is asked about them: those of five thousand would fill a heap of 192 MB. */
    private static final int MOST_AT_ONCE = 500;

    /** They travel to the database as one text. */
    private static final int MOST_STORED_AT_ONCE = 2_000;

    private final LiveForecasters live;
    private final KnownAssets assets;
    private final Due due;
    private final PageWriter pages;
    private final ForecastBook book;
    private final ForecastStore store;
    private final Liquidity liquidity;
    private final ForecastScoring scoring;
    private final BookProgress progress;
    private final ForecastCounts counts;
    private final List<Made> unsaved = new ArrayList<>();

    BookKeeping(
            LiveForecasters live,
            KnownAssets assets,
            Due due,
            PageWriter pages,
            ForecastBook book,
            ForecastStore store,
            Liquidity liquidity,
            ForecastScoring scoring,
            BookProgress progress,
            ForecastCounts counts) {
        this.live = live;
        this.assets = assets;
        this.due = due;
        this.pages = pages;
        this.book = book;
        this.store = store;
        this.liquidity = liquidity;
        this.scoring = scoring;
        this.progress = progress;
        this.counts = counts;
    }

    /** Once; a model that cannot be asked does not keep the others from it, its trouble is thrown at the end. */
    synchronized void update() {
        assets.refresh();
        List<Slot> slots = live.all().stream().map(LiveForecaster::slot).toList();
        book.retain(slots);
        List<RuntimeException> troubles =
                slots.stream().flatMap(slot -> follow(slot).stream()).toList();
        save();
        liquidity.measure();
        scoring.score().forEach(counts::scored);
        if (!troubles.isEmpty()) {
            throw troubles.getFirst();
        }
        counts.updated();
    }

    /** What is not stored when the database goes away stays for the next time. */
    private void save() {
        while (!unsaved.isEmpty()) {
            List<Made> next = unsaved.subList(0, Math.min(MOST_STORED_AT_ONCE, unsaved.size()));
            counts.stored(store.save(next));
            next.clear();
        }
    }

    private Optional<RuntimeException> follow(Slot slot) {
        try {
            live.attend(slot, this::update);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private Set<String> update(LiveForecaster model) {
        counts.expect(model);
        Due.Assets asked = due.of(model);
        slices(asked.now()).forEach(slice -> write(model, slice));
        if (asked.complete()) {
            progress.wrote(model.slot());
        }
        return asked.now();
    }

    private void write(LiveForecaster model, Set<String> slice) {
        PageWriter.Page page = pages.write(model, slice);
        book.put(model.slot(), page.entries());
        unsaved.addAll(page.made());
        counts.made(model, page.made().size());
    }

    private static Stream<Set<String>> slices(Set<String> assets) {
        return assets.stream().gather(Gatherers.windowFixed(MOST_AT_ONCE)).map(Set::copyOf);
    }
}
