package io.mlpool.ingest.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.mlpool.ingest.Hours;
import io.mlpool.ingest.UnreadablePayloadException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCountsTest {

    private static final Tags FILES = Tags.of("source", "files");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Hours hours;

    @BeforeEach
    void begin() {
        hours = new Hours(folder);
    }

    @Test
    void countersOfASourceBeginAtZero() {
        assertThat(rows("added")).isZero();
        assertThat(dropped("bad_print")).isZero();
        assertThat(payloads("refused")).isZero();
    }

    @Test
    void candlesAreCountedWithThoseThatWereDerived() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 8, 100));

        assertThat(rows("added")).isEqualTo(8);
        assertThat(candles("1h")).isEqualTo(8);
        assertThat(candles("4h")).isEqualTo(2);
        assertThat(payloads("done")).isEqualTo(1);
    }

    @Test
    void theSameAgainIsUnchanged() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 8, 100));
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 8, 100));

        assertThat(rows("unchanged")).isEqualTo(8);
        assertThat(candles("1h")).isEqualTo(8);
    }

    @Test
    void whatIsDroppedHasItsReason() {
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 8, 100) + "1704067200,-1,1,1,1,1\n");

        assertThat(rows("dropped")).isEqualTo(1);
        assertThat(dropped("not_a_price")).isEqualTo(1);
    }

    @Test
    void whatCannotBeReadIsRefused() {
        assertThatThrownBy(() -> hours.take("notes.csv", "buy milk")).isInstanceOf(UnreadablePayloadException.class);

        assertThat(payloads("refused")).isEqualTo(1);
        assertThat(payloads("done")).isZero();
    }

    private double rows(String outcome) {
        return hours.meters
                .get("mlpool.ingest.rows")
                .tags(FILES.and("outcome", outcome))
                .counter()
                .count();
    }

    private double candles(String interval) {
        return hours.meters
                .get("mlpool.ingest.candles")
                .tags(FILES.and("interval", interval))
                .counter()
                .count();
    }

    private double dropped(String reason) {
        return hours.meters
                .get("mlpool.ingest.findings")
                .tags(FILES.and("reason", reason, "outcome", "dropped"))
                .counter()
                .count();
    }

    private long payloads(String outcome) {
        return hours.meters
                .get("mlpool.ingest.payload")
                .tags(FILES.and("outcome", outcome))
                .timer()
                .count();
    }
}
