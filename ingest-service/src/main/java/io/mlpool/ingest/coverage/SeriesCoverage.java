package io.mlpool.ingest.coverage;

import java.time.Instant;
import java.util.List;

/**
 * What is held of a series between its oldest and its newest finished candle.
 *
 * @param firstOpen open time of the oldest
 * @param lastOpen open time of the newest
 * @param candles how many there are
 * @param missing how many are not
 * @param complete share of candles that are there, 0 to 1
 * @param sources who told them
 * @param gaps where they are missing, oldest first
 */
public record SeriesCoverage(
        String asset,
        String vsCurrency,
        String interval,
        Instant firstOpen,
        Instant lastOpen,
        long candles,
        long missing,
        double complete,
        List<String> sources,
        List<MissingCandles> gaps) {

    public SeriesCoverage {
        sources = List.copyOf(sources);
        gaps = List.copyOf(gaps);
    }

    /**
     * A run of missing candles.
     *
     * @param from open time of the first missing candle (inclusive)
     * @param to open time of the next candle that is there (exclusive)
     * @param missing how many are missing
     */
    public record MissingCandles(Instant from, Instant to, long missing) {}
}
