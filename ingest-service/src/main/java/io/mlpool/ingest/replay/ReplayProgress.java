package io.mlpool.ingest.replay;

import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a replay knows after a restart: its timeline is stored, its position is the newest replayed candle. */
final class ReplayProgress {

    private final JdbcClient jdbc;

    ReplayProgress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How a recording was started last. */
    Optional<Started> started(String recording) {
        return jdbc.sql("""
                SELECT speed, times, started_at, started_from, shift_seconds FROM replay_run WHERE recording = :recording
                """)
                .param("recording", recording)
                .query((row, n) -> new Started(
                        Times.valueOf(row.getString("times")),
                        new Timeline(
                                row.getTimestamp("started_at").toInstant(),
                                row.getTimestamp("started_from").toInstant(),
                                Speed.of(row.getString("speed")),
                                Duration.ofSeconds(row.getLong("shift_seconds")))))
                .optional();
    }

    void start(String recording, Started started) {
        Timeline timeline = started.timeline();
        jdbc.sql("""
                INSERT INTO replay_run (recording, speed, times, started_at, started_from, shift_seconds)
                VALUES (:recording, :speed, :times, :at, :from, :shift)
                ON CONFLICT (recording) DO UPDATE
                SET speed = excluded.speed, times = excluded.times, started_at = excluded.started_at,
                    started_from = excluded.started_from, shift_seconds = excluded.shift_seconds
                """)
                .param("recording", recording)
                .param("speed", timeline.speed().toString())
                .param("times", started.times().name())
                .param("at", timeline.startedAt().atOffset(ZoneOffset.UTC))
                .param("from", timeline.startedFrom().atOffset(ZoneOffset.UTC))
                .param("shift", timeline.shift().toSeconds())
                .update();
    }

    /** Open time of the newest candle that a replay stored in the series. */
    Optional<Instant> newest(SeriesKey key) {
        return jdbc.sql("""
                SELECT c.open_time FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.asset = :asset AND s.vs_currency = :vs AND s.interval = :interval AND c.source = :source
                ORDER BY c.open_time DESC LIMIT 1
                """)
                .param("asset", key.asset())
                .param("vs", key.vsCurrency())
                .param("interval", key.interval().label())
                .param("source", ReplaySource.NAME)
                .query((row, n) -> row.getTimestamp("open_time").toInstant())
                .optional();
    }

    record Started(Times times, Timeline timeline) {}
}
