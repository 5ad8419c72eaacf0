package io.mlpool.ingest.coingecko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class CoinGeckoSourceTest {

    private static final SeriesKey BITCOIN = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
    private static final Instant DAY = Instant.parse("2026-03-10T00:00:00Z");

    private final List<RawCandle> rows = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    @Test
    void closeIsThePriceNearestToTheCloseTimeBeforeOrAfterIt() throws IOException {
        readPast("01:00", """
                {"prices":[%s,%s,%s,%s],"market_caps":[],"total_volumes":[]}
                """.formatted(at("00:31", 1), at("00:58", 2), at("01:04", 3), at("01:29", 4)));

        assertThat(rows).extracting(RawCandle::openTime, RawCandle::close).containsExactly(tuple("00:00", 2));
    }

    @Test
    void whereNoneIsNearTheLastPriceBeforeCountsForOneInterval() throws IOException {
        readPast("08:00", """
                {"prices":[%s,%s,%s],"total_volumes":[]}
                """.formatted(at("01:04", 10), at("02:06", 20), at("04:25", 40)));

        assertThat(rows)
                .extracting(RawCandle::openTime, RawCandle::close)
                .containsExactly(
                        tuple("00:00", 10),
                        tuple("01:00", 20),
                        tuple("02:00", 20),
                        tuple("03:00", 40),
                        tuple("04:00", 40));
    }

    @Test
    void lastPriceBeforeIsNotTakenWhileANearerOneMayStillBeTold() throws IOException {
        readNow("{\"prices\":[%s,%s],\"total_volumes\":[]}".formatted(at("01:04", 10), at("02:02", 20)));
        assertThat(rows).extracting(RawCandle::openTime).containsExactly(time("00:00"));

        rows.clear();
        readNow("{\"prices\":[%s,%s],\"total_volumes\":[]}".formatted(at("01:04", 10), at("02:31", 20)));
        assertThat(rows).extracting(RawCandle::openTime).containsExactly(time("00:00"), time("01:00"));
    }

    @Test
    void priceBeforeTheCloseIsNotTakenWhileANearerOneMayStillBeTold() throws IOException {
        readNow("{\"prices\":[%s,%s],\"total_volumes\":[]}".formatted(at("00:40", 10), at("01:02", 20)));

        assertThat(rows).isEmpty();
    }

    @Test
    void rowKnowsOnlyTheCloseAndTheTrailingVolume() throws IOException {
        readPast("01:00", "{\"prices\":[%s],\"total_volumes\":[%s]}".formatted(at("01:00", 10), at("01:00", 5_000)));

        assertThat(rows)
                .containsExactly(new RawCandle(
                        BITCOIN,
                        "coingecko",
                        1,
                        DAY,
                        10,
                        10,
                        10,
                        10,
                        5_000,
                        Volume.Kind.TRAILING_24H_QUOTE,
                        true,
                        true));
    }

    @Test
    void arraysOfDifferentLengthAreJoinedByTime() throws IOException {
        readPast("""
                {"prices":[%s,%s,%s],"total_volumes":[%s,%s]}
                """.formatted(at("01:02", 1), at("02:02", 2), at("03:02", 3), at("02:05", 200), at("03:01", 300)));

        assertThat(rows).extracting(RawCandle::volumeAmount).containsExactly(Double.NaN, 200.0, 300.0);
    }

    @Test
    void whereVolumesAreMissingOrNullTheCloseStays() throws IOException {
        readPast(
                "02:00",
                "{\"prices\":[%s,%s],\"total_volumes\":[[%d,null]]}"
                        .formatted(at("01:00", 1), at("02:00", 2), millis("01:00")));

        assertThat(rows).extracting(RawCandle::volumeAmount).containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void answerUpToNowLosesItsLastPointAndTheCandlesThatCloseAfterIt() throws IOException {
        readNow("{\"prices\":[%s,%s,%s],\"total_volumes\":[]}"
                .formatted(at("01:03", 1), at("02:03", 2), at("02:50", 3)));

        assertThat(rows)
                .extracting(RawCandle::openTime, RawCandle::close)
                .containsExactly(tuple("00:00", 1), tuple("01:00", 2));
    }

    @Test
    void hourThatIsNotOverIsLeftOutEvenWithPointsNearItsEnd() throws IOException {
        readNow("{\"prices\":[%s,%s,%s,%s],\"total_volumes\":[]}"
                .formatted(at("01:01", 1), at("01:40", 2), at("01:45", 3), at("01:50", 4)));

        assertThat(rows).extracting(RawCandle::openTime).containsExactly(time("00:00"));
    }

    @Test
    void lastPointThatIsOlderThanTheOneBeforeItDoesNoHarm() throws IOException {
        readNow("{\"prices\":[%s,%s,%s],\"total_volumes\":[]}"
                .formatted(at("01:00", 1), at("01:05", 2), "[%d,2]".formatted(millis("01:05") - 955)));

        assertThat(rows).extracting(RawCandle::openTime, RawCandle::close).containsExactly(tuple("00:00", 1));
        assertThat(unreadable).isEmpty();
    }

    @Test
    void badPointsAreToldWithTheirReasonAndTheGoodOnesBesideThemAreKept() throws IOException {
        readPast("""
                {"prices":[%s,[%d,null],[%d,0],[%d,-1],null,[%d,"x"],%s,%s],"total_volumes":[]}
                """.formatted(
                        at("01:00", 1),
                        millis("02:00"),
                        millis("02:01"),
                        millis("02:02"),
                        millis("02:03"),
                        at("00:59", 9),
                        at("03:00", 3)));

        assertThat(rows).extracting(RawCandle::close).containsExactly(1.0, 3.0);
        assertThat(unreadable)
                .containsExactly(
                        "2 a point must be [milliseconds, price] without nulls",
                        "3 the price must be finite and positive",
                        "4 the price must be finite and positive",
                        "5 a point must be [milliseconds, price] without nulls",
                        "6 a point must be [milliseconds, price] without nulls",
                        "7 the point is not later than the one before");
    }

    @Test
    void hugeNumbersAreToldAsUnreadable() throws IOException {
        String huge = "9".repeat(400);
        readPast("{\"prices\":[[1e300,5],[%s,5],[1704067200000,%s]],\"total_volumes\":[[%s,1],[1,%s]]}"
                .formatted(huge, huge, huge, huge));

        assertThat(unreadable).hasSize(3);
    }

    @Test
    void onlyTheCandlesThatWereAskedForAreTold() throws IOException {
        ChartRequest request = request("01:00", "02:00", DAY.plus(Duration.ofDays(2)));
        read(request, "{\"prices\":[%s,%s,%s]}".formatted(at("01:00", 1), at("02:00", 2), at("03:00", 3)));

        assertThat(rows).extracting(RawCandle::openTime).containsExactly(time("01:00"));
    }

    @Test
    void emptyChartHasNoCandles() throws IOException {
        readPast("{\"prices\":[],\"market_caps\":[],\"total_volumes\":[]}");
        readNow("{\"prices\":[],\"market_caps\":[],\"total_volumes\":[]}");

        assertThat(rows).isEmpty();
    }

    @Test
    void payloadThatIsNoChartSaysWhatWasFound() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> readPast("{\"bitcoin\":{\"usd\":49357}}"))
                .withMessageContaining("an array 'prices', found fields [bitcoin]");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> readPast("{\"prices\":[[17"))
                .withMessageContaining("expected whole JSON");
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> new CoinGeckoSource().read(payload(Map.of(), "{}"), new Sink()))
                .withMessageContaining("the hint 'asset' is missing");
    }

    /** Up to the candle that closes after the last point. */
    private void readPast(String json) throws IOException {
        readPast("03:00", json);
    }

    private void readPast(String to, String json) throws IOException {
        read(request("00:00", to, DAY.plus(Duration.ofDays(2))), json);
    }

    private void readNow(String json) throws IOException {
        read(request("00:00", "12:00", time("12:00")), json);
    }

    private void read(ChartRequest request, String json) throws IOException {
        new CoinGeckoSource().read(payload(request.hints(), json), new Sink());
    }

    private static Payload payload(Map<String, String> hints, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return new Payload("coingecko", "coins/bitcoin/market_chart", hints, () -> new ByteArrayInputStream(body));
    }

    private static ChartRequest request(String from, String to, Instant now) {
        return ChartRequest.of(BITCOIN, time(from), time(to), now);
    }

    private static String at(String time, double value) {
        return "[%d,%s]".formatted(millis(time), value);
    }

    private static long millis(String time) {
        return time(time).toEpochMilli();
    }

    private static Instant time(String time) {
        return Instant.parse("2026-03-10T" + time + ":00Z");
    }

    private static Tuple tuple(String openTime, double close) {
        return Tuple.tuple(time(openTime), close);
    }

    private final class Sink implements RowSink {
        @Override
        public void row(RawCandle row) {
            rows.add(row);
        }

        @Override
        public void unreadable(long line, String reason, String text) {
            unreadable.add(line + " " + reason);
        }
    }
}
