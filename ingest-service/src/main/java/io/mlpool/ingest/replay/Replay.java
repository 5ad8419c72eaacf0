package io.mlpool.ingest.replay;

import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Pause;
import io.mlpool.ingest.replay.ReplayProgress.Started;
import io.mlpool.market.Candle;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plays a recording into the pool: its first part at once, the rest candle by candle as the time comes. After a restart it goes
 * on where it would be had it never stopped; what is stored is not played again, and playing it again would change nothing.
 */
public final class Replay {

    private static final int LARGEST_PAYLOAD = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final CandleIngestion ingestion;
    private final ReplayProgress progress;
    private final Clock clock;
    private final Pause pause;

    public Replay(CandleIngestion ingestion, JdbcClient jdbc, Clock clock, Pause pause) {
        this.ingestion = ingestion;
        this.progress = new ReplayProgress(jdbc);
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Plays until the end of the recording, or until {@code stopping} says so, which is asked about once a second.
     *
     * @param historyUntil recorded time (exclusive) up to which everything is played at once
     * @return whether the recording is at its end
     */
    public boolean play(Recording recording, Speed speed, Times times, Instant historyUntil, BooleanSupplier stopping) {
        Timeline timeline = timeline(recording, speed, times, historyUntil);
        int position = position(recording, timeline);
        while (position < recording.candles().size() && !stopping.getAsBoolean()) {
            int due = due(recording, timeline, position);
            if (due > position) {
                List<Candle> candles = recording.candles().subList(position, due);
                ingestion.ingest(ReplaySource.payload(recording, timeline, candles));
                position = due;
            } else {
                pauseUntil(timeline.due(recording.candles().get(position)));
            }
        }
        return position == recording.candles().size();
    }

    /** The stored one; another speed or other times begin anew from where the replay stands, with the shift it had if any. */
    private Timeline timeline(Recording recording, Speed speed, Times times, Instant historyUntil) {
        Optional<Started> before = progress.started(recording.name()).filter(started -> started.times() == times);
        if (before.isPresent() && before.get().timeline().speed().equals(speed)) {
            return before.get().timeline();
        }
        Instant from = before.map(started -> reached(recording, started.timeline()))
                .filter(historyUntil::isBefore)
                .orElse(historyUntil);
        Timeline begun = Timeline.begin(recording, times, speed, from, clock.instant());
        Timeline timeline = before.map(started -> new Timeline(
                        begun.startedAt(), from, speed, started.timeline().shift()))
                .orElse(begun);
        progress.start(recording.name(), new Started(times, timeline));
        return timeline;
    }

    /** Recorded time up to which the recording was played. */
    private Instant reached(Recording recording, Timeline timeline) {
        return progress.newest(recording.key())
                .map(open -> open.plus(recording.key().interval().duration()).minus(timeline.shift()))
                .orElse(recording.start());
    }

    private int position(Recording recording, Timeline timeline) {
        Instant newest = progress.newest(recording.key()).orElse(Instant.MIN);
        int position = 0;
        while (position < recording.candles().size()
                && !timeline.openTime(recording.candles().get(position)).isAfter(newest)) {
            position++;
        }
        return position;
    }

    private int due(Recording recording, Timeline timeline, int position) {
        Instant now = clock.instant();
        int end = Math.min(recording.candles().size(), position + LARGEST_PAYLOAD);
        int due = position;
        while (due < end && !timeline.due(recording.candles().get(due)).isAfter(now)) {
            due++;
        }
        return due;
    }

    private void pauseUntil(Instant due) {
        Duration wait = Duration.between(clock.instant(), due);
        pause.of(wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
    }
}
