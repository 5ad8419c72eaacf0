package io.mlpool.serving.jobs;

import io.mlpool.errors.RefusedException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.book.BookEntry;
import io.mlpool.serving.book.BookProgress;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.forecast.Rendered;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.KnownAssets;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the forecasts of a chunk from the book, where {@code /predict} finds them too: all from one version. */
final class ChunkForecasts {

    private final LiveForecasters live;
    private final ForecastBook book;
    private final BookProgress progress;
    private final KnownAssets assets;
    private final Clock clock;

    ChunkForecasts(LiveForecasters live, ForecastBook book, BookProgress progress, KnownAssets assets, Clock clock) {
        this.live = live;
        this.book = book;
        this.progress = progress;
        this.assets = assets;
        this.clock = clock;
    }

    /**
     * The answers of the live champion; empty while there is none, or its forecasts are not written yet.
     *
     * @param lastTry whether an asset that still has the forecast of another version is refused, instead of being waited for
     */
    Optional<ChunkAnswer> of(Job job, Job.Chunk chunk, boolean lastTry) {
        return champion(job.interval())
                .filter(champion -> progress.isBegun())
                .filter(champion -> lastTry || isWritten(champion, chunk))
                .map(champion -> answer(champion, job, chunk));
    }

    private Optional<LiveForecaster> champion(String interval) {
        return live.champions().stream()
                .filter(model -> model.manifest().features().interval().label().equals(interval))
                .findFirst();
    }

    private boolean isWritten(LiveForecaster champion, Job.Chunk chunk) {
        return chunk.assets().stream()
                .flatMap(asset -> book.find(champion.slot(), asset).stream())
                .allMatch(entry -> entry.version() == champion.version().version());
    }

    private ChunkAnswer answer(LiveForecaster champion, Job job, Job.Chunk chunk) {
        Instant now = clock.instant();
        List<ResultRow> rows = new ArrayList<>();
        int item = chunk.from() * job.horizons().size();
        for (String asset : chunk.assets()) {
            for (Horizon horizon : job.horizons()) {
                rows.add(row(champion, item++, asset, horizon, now));
            }
        }
        return new ChunkAnswer(
                champion.slot().model(),
                champion.version().version(),
                champion.manifest().shape().levels(),
                rows);
    }

    private ResultRow row(LiveForecaster champion, int item, String asset, Horizon horizon, Instant now) {
        try {
            Rendered forecast = find(champion, asset, horizon);
            return ResultRow.answered(
                    item, asset, horizon.label(), new String(forecast.at(now), StandardCharsets.UTF_8));
        } catch (RefusedException e) {
            return ResultRow.refused(item, asset, horizon.label(), e.status(), String.valueOf(e.getMessage()));
        }
    }

    private Rendered find(LiveForecaster champion, String asset, Horizon horizon) {
        BookEntry entry = book.find(champion.slot(), asset)
                .filter(found -> found.version() == champion.version().version())
                .orElseThrow(() -> absent(asset, champion));
        if (entry.forecasts().isEmpty()) {
            throw RefusedException.conflict(entry.refusal());
        }
        return Optional.ofNullable(entry.forecasts().get(horizon))
                .orElseThrow(() -> RefusedException.conflict("version %d, which is live by now, answers %s"
                        .formatted(
                                champion.version().version(), entry.forecasts().keySet())));
    }

    private RefusedException absent(String asset, LiveForecaster champion) {
        return assets.contains(asset)
                ? new RefusedException(
                        503,
                        "version %d has no forecast of %s yet"
                                .formatted(champion.version().version(), asset))
                : assets.unknown(asset);
    }
}
