package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Gap;
import io.mlpool.market.SeriesKey;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the candles of an asset complete: first fill, hourly poll and refilled gaps are one and the same, asking for what is
 * missing between the far end of the history and now. Killed at any moment it goes on with what is still missing.
 */
final class CoinGeckoHistory {

    /** A candle may be told late; only after this time a missing one counts as never told. */
    private static final Duration SETTLED = Duration.ofHours(2);

    private final CoinGeckoClient client;
    private final CandleIngestion ingestion;
    private final MissingCandles missing;
    private final Clock clock;
    private final Duration history;

    CoinGeckoHistory(
            CoinGeckoClient client, CandleIngestion ingestion, MissingCandles missing, Clock clock, Duration history) {
        this.client = client;
        this.ingestion = ingestion;
        this.missing = missing;
        this.clock = clock;
        this.history = history;
    }

    /**
     * Asks for everything that is missing, newest first.
     *
     * @return whether nothing is missing any more that can be expected by now
     * @throws CoinGeckoException when CoinGecko does not answer; what came before that is stored
     */
    boolean complete(SeriesKey key) {
        Instant now = clock.instant();
        Instant to = key.interval().floor(now);
        Instant from =
                key.interval().floor(now.minus(history)).plus(key.interval().duration());
        for (Gap gap : missing.worthAsking(key, from, to, now).reversed()) {
            fill(key, gap, now);
        }
        return missing.worthAsking(key, from, to, now).isEmpty();
    }

    private void fill(SeriesKey key, Gap gap, Instant now) {
        Deque<ChartRequest> requests = new ArrayDeque<>(ChartRequest.cover(key, gap.from(), gap.to(), now));
        while (!requests.isEmpty()) {
            ChartRequest request = requests.pop();
            try {
                ingestion.ingest(fetch(request));
                rememberSilence(request, now);
            } catch (CoinGeckoException e) {
                shrink(request, requests, gap, now, e);
            } catch (UnreadablePayloadException e) {
                throw client.unusable(e);
            }
        }
    }

    private Payload fetch(ChartRequest request) {
        byte[] body = client.get(request.path());
        return new Payload(CoinGeckoSource.NAME, request.path(), request.hints(), () -> new ByteArrayInputStream(body));
    }

    private void rememberSilence(ChartRequest request, Instant now) {
        Instant settled = request.key().interval().floor(now.minus(SETTLED));
        Instant to = request.to().isBefore(settled) ? request.to() : settled;
        if (request.from().isBefore(to)) {
            missing.worthAsking(request.key(), request.from(), to, now)
                    .forEach(gap -> missing.unanswered(request.key(), gap, now, "no usable points"));
        }
    }

    /** Too long ago for the plan: the halves are tried, and when a day is refused, so is everything before it. */
    private void shrink(
            ChartRequest request, Deque<ChartRequest> requests, Gap gap, Instant now, CoinGeckoException refusal) {
        if (refusal.trouble() != Trouble.TIME_RANGE) {
            throw refusal;
        }
        List<ChartRequest> halves = request.halves(now);
        if (halves.isEmpty()) {
            missing.unanswered(request.key(), new Gap(gap.from(), request.to()), now, "not in the plan");
            requests.clear();
        } else {
            halves.reversed().forEach(requests::push);
        }
    }
}
