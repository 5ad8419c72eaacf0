package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.Payload;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartRequestTest {

    private static final SeriesKey BITCOIN = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
    private static final Instant NOW = Instant.parse("2026-03-10T12:07:00Z");
    private static final Instant HOUR = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void yearIsCutIntoWindowsOfAtMostNinetyDaysNewestFirst() {
        List<ChartRequest> requests = ChartRequest.cover(BITCOIN, HOUR.minus(Duration.ofDays(365)), HOUR, NOW);

        assertThat(requests).hasSize(5);
        assertThat(requests.getFirst().to()).isEqualTo(HOUR);
        assertThat(requests.getLast().from()).isEqualTo(HOUR.minus(Duration.ofDays(365)));
        for (int i = 1; i < requests.size(); i++) {
            assertThat(requests.get(i).to()).isEqualTo(requests.get(i - 1).from());
        }
        assertThat(requests).allSatisfy(request -> assertThat(asked(request)).isLessThanOrEqualTo(Duration.ofDays(90)));
    }

    @Test
    void windowAsksFromTheFirstOpenToHalfAnIntervalAfterTheLastClose() {
        ChartRequest past = ChartRequest.of(
                BITCOIN, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z"), NOW);

        assertThat(past.untilNow()).isFalse();
        assertThat(past.path())
                .isEqualTo("coins/bitcoin/market_chart/range?vs_currency=usd&precision=full&from=%d&to=%d"
                        .formatted(
                                Instant.parse("2026-01-01T00:00:00Z").getEpochSecond(),
                                Instant.parse("2026-01-03T00:30:00Z").getEpochSecond()));
    }

    @Test
    void whatIsMissingOfTheLastDayIsAskedInStepsOfFiveMinutes() {
        ChartRequest poll = ChartRequest.of(BITCOIN, HOUR.minus(Duration.ofHours(2)), HOUR, NOW);

        assertThat(poll.untilNow()).isTrue();
        assertThat(poll.path()).isEqualTo("coins/bitcoin/market_chart?vs_currency=usd&precision=full&days=1");
    }

    @Test
    void payloadFromTheArchiveTellsTheRequestItAnswers() {
        ChartRequest request = ChartRequest.of(BITCOIN, HOUR.minus(Duration.ofDays(3)), HOUR, NOW);

        Payload payload = new Payload("coingecko", request.path(), request.hints(), InputStream::nullInputStream);

        assertThat(ChartRequest.answeredBy(payload)).isEqualTo(request);
    }

    private static Duration asked(ChartRequest request) {
        String path = request.path();
        long from = Long.parseLong(path.replaceAll(".*from=(\\d+).*", "$1"));
        long to = Long.parseLong(path.replaceAll(".*to=(\\d+).*", "$1"));
        return Duration.ofSeconds(to - from);
    }
}
