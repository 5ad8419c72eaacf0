package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.serving.featurestore.ValueStore.Event;
import io.mlpool.serving.featurestore.ValueStore.NewRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.transaction.TransactionStatus;

/** Writes what came out differently, with the time from which on it counts. */
final class ValueWriter {

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final ValueStore values;
    private final FeatureCounts counts;
    private final Duration shortest;
    private final Clock clock;
    private volatile Duration settle;

    /** @param shortest how long after its transaction began a value counts, unless that took longer before */
    ValueWriter(ValueStore values, FeatureCounts counts, Duration shortest, Clock clock) {
        this.values = values;
        this.counts = counts;
        this.shortest = shortest;
        this.clock = clock;
        this.settle = shortest;
    }

    /** What took long before says nothing of what comes now. */
    void begin() {
        settle = shortest;
    }

    /**
     * Writes rows within a transaction. What is not committed by the time at which it is to count is not committed at all, but tried again
     * with more time.
     *
     * @param stored the newest values so far
     * @throws IllegalStateException when even minutes are too few
     */
    void write(PublishedView view, int viewId, List<NewRow> rows, Map<Event, Known> stored, TransactionStatus status) {
        if (rows.isEmpty()) {
            return;
        }
        Instant createdAt = createdAt(rows, stored);
        values.append(viewId, rows, createdAt);
        if (clock.instant().isBefore(createdAt)) {
            counts.written(view, rows, stored);
        } else if (settle.compareTo(LONGEST) < 0) {
            settle = settle.multipliedBy(2);
            status.setRollbackOnly();
        } else {
            throw new IllegalStateException(
                    "values of %s took longer than %s to write: the database is too slow for them"
                            .formatted(view.name(), settle));
        }
    }

    /** A clock that was set back must not make the newest row look like an older one. */
    private Instant createdAt(List<NewRow> rows, Map<Event, Known> stored) {
        Instant earliest = clock.instant().plus(settle).truncatedTo(ChronoUnit.MICROS);
        return rows.stream()
                .map(row -> stored.get(new Event(row.seriesId(), row.row().eventTime())))
                .filter(Objects::nonNull)
                .map(known -> known.createdAt().plus(1, ChronoUnit.MICROS))
                .filter(earliest::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(earliest);
    }
}
