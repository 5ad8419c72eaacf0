package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RecordedRows;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFormatsTest {

    private static final RawCandle BTC_HOUR = candle("bitcoin", "usd", Interval.ONE_HOUR, "2024-01-01T00:00:00Z");

    /** Every way in which the same first hour can be written, with the second after it. */
    static Stream<Arguments> sameHour() {
        return Stream.of(
                Arguments.of(
                        "plain ISO",
                        "timestamp,open,high,low,close,volume\n2024-01-01T00:00:00Z,10,12,9,11,5\n2024-01-01T01:00:00Z,11,12,9,11,5\n"),
                Arguments.of(
                        "seconds",
                        "timestamp,open,high,low,close,volume\n1704067200,10,12,9,11,5\n1704070800,11,12,9,11,5\n"),
                Arguments.of("seconds with places", "1704067200.0,10,12,9,11,5\n1704070800.0,11,12,9,11,5\n"),
                Arguments.of(
                        "milliseconds",
                        "open_time,open,high,low,close,volume\n1704067200000,10,12,9,11,5\n1704070800000,11,12,9,11,5\n"),
                Arguments.of("nanoseconds", "1704067200000000000,10,12,9,11,5\n1704070800000000000,11,12,9,11,5\n"),
                Arguments.of(
                        "Binance without header, microseconds",
                        "1704067200000000,10,12,9,11,5,1704070799999999,55,3,2,22,0\n1704070800000000,11,12,9,11,5,1704074399999999,55,3,2,22,0\n"),
                Arguments.of(
                        "Binance with repeated columns",
                        "open_time,open,high,low,close,volume,close_time,quote_asset_volume,trades,ignore,open_time.1,open_time\n2024-01-01 00:00:00+00:00,10,12,9,11,5,1704070799999,55,3,0,,\n2024-01-01 01:00:00+00:00,11,12,9,11,5,1704074399999,55,3,0,,\n"),
                Arguments.of(
                        "CryptoDataDownload",
                        "https://www.CryptoDataDownload.com\nunix,date,symbol,open,high,low,close,Volume BTC,Volume USD\n1704070800,2024-01-01 01:00:00,BTC/USD,11,12,9,11,5,60\n1704067200,2024-01-01 00:00:00,BTC/USD,10,12,9,11,5,60\n"),
                Arguments.of(
                        "CryptoDataDownload of old",
                        "Timestamps are UTC, made by us\nDate,Symbol,Open,High,Low,Close,Volume USD,Volume BTC\n2024-01-01 12-AM,BTCUSD,10,12,9,11,60,5\n2024-01-01 01-AM,BTCUSD,11,12,9,11,60,5\n"),
                Arguments.of("Kraken candles", "1704067200,10,12,9,11,5,7\n1704070800,11,12,9,11,5,7\n"),
                Arguments.of(
                        "Kraken API with average price",
                        "1704067200,10,12,9,11,10.5,5,7\n1704070800,11,12,9,11,10.5,5,7\n"),
                Arguments.of(
                        "Bitget",
                        "timestamp,open,high,low,close,basevolume,usdtvolume\n1704067200,10,12,9,11,5,60\n1704070800,11,12,9,11,5,60\n"),
                Arguments.of(
                        "Bitget API",
                        "{\"code\":\"00000\",\"msg\":\"success\",\"requestTime\":1,\"data\":[[\"1704067200000\",\"10\",\"12\",\"9\",\"11\",\"5\",\"60\",\"60\"],[\"1704070800000\",\"11\",\"12\",\"9\",\"11\",\"5\",\"60\",\"60\"]]}"),
                Arguments.of(
                        "Bybit",
                        "timestamp,open,high,low,close,volume,turnover\n2024-01-01 00:00:00,10,12,9,11,5,60\n2024-01-01 01:00:00,11,12,9,11,5,60\n"),
                Arguments.of(
                        "Bybit API, newest first",
                        "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"symbol\":\"BTCUSDT\",\"list\":[[\"1704070800000\",\"11\",\"12\",\"9\",\"11\",\"5\",\"60\"],[\"1704067200000\",\"10\",\"12\",\"9\",\"11\",\"5\",\"60\"]]}}"),
                Arguments.of(
                        "Bitstamp API",
                        "{\"data\":{\"pair\":\"BTC/USD\",\"ohlc\":[{\"timestamp\":\"1704067200\",\"open\":\"10\",\"high\":\"12\",\"low\":\"9\",\"close\":\"11\",\"volume\":\"5\"},{\"timestamp\":\"1704070800\",\"open\":\"11\",\"high\":\"12\",\"low\":\"9\",\"close\":\"11\",\"volume\":\"5\"}]}}"),
                Arguments.of(
                        "Kraken API",
                        "{\"error\":[],\"result\":{\"XXBTZUSD\":[[1704067200,\"10\",\"12\",\"9\",\"11\",\"10.5\",\"5\",7],[1704070800,\"11\",\"12\",\"9\",\"11\",\"10.5\",\"5\",7]],\"last\":1704067200}}"),
                Arguments.of(
                        "Coinbase API: low, high, open, close",
                        "[[1704070800,9,12,11,11,5],[1704067200,9,12,10,11,5]]"),
                Arguments.of(
                        "freqtrade",
                        "[[1704067200000, 10.0, 12.0, 9.0, 11.0, 5.0], [1704070800000, 11.0, 12.0, 9.0, 11.0, 5.0]]"),
                Arguments.of(
                        "semicolons and decimal commas",
                        "time;open;high;low;close;volume\n2024-01-01T00:00:00+01:00;1;1;1;1;1\n2024-01-01T01:00:00+01:00;10,0;12,0;9,0;11,0;5,0\n2024-01-01T02:00:00+01:00;11,0;12,0;9,0;11,0;5,0\n"),
                Arguments.of(
                        "tabs",
                        "Date\tOpen\tHigh\tLow\tClose\tVolume\n2024-01-01 00:00\t10\t12\t9\t11\t5\n2024-01-01 01:00\t11\t12\t9\t11\t5\n"),
                Arguments.of(
                        "quotes, Windows line ends and a byte order mark",
                        "\uFEFF\"time\",\"open\",\"high\",\"low\",\"close\",\"volume\"\r\n\"2024-01-01T00:00:00Z\",\"10\",\"12\",\"9\",\"11\",\"5\"\r\n\"2024-01-01T01:00:00Z\",\"11\",\"12\",\"9\",\"11\",\"5\"\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void sameHour(String format, String content) {
        RecordedRows read = Sample.read("BTCUSDT-1h", content);

        assertThat(read.rows)
                .filteredOn(row -> row.openTime().equals(BTC_HOUR.openTime()))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("line")
                .isEqualTo(BTC_HOUR);
        assertThat(read.unreadable).isEmpty();
    }

    @ParameterizedTest(name = "{0} in gzip and zip")
    @MethodSource("sameHour")
    void packed(String format, String content) {
        byte[] plain = content.getBytes(java.nio.charset.StandardCharsets.UTF_8);

        List<RawCandle> told = Sample.read("BTCUSDT-1h", content).rows;
        assertThat(Sample.read("BTCUSDT-1h.csv.gz", Sample.gzip(plain), Map.of()).rows)
                .isEqualTo(told);
        assertThat(Sample.read("x.zip", Sample.zip(Map.of("BTCUSDT-1h.csv", plain)), Map.of()).rows)
                .isEqualTo(told);
    }

    @Test
    void yahooCountsTheDayInTheQuoteCurrency() {
        RecordedRows read = Sample.read(
                "BTC-USD.csv",
                "Date,Open,High,Low,Close,Adj Close,Volume\n2014-09-17,465.8,468.1,452.4,457.3,457.3,21056800\n2014-09-18,456.8,456.8,413.1,424.4,424.4,34483200\n");

        RawCandle first = read.rows.getFirst();
        assertThat(first.key()).isEqualTo(SeriesKey.usd("bitcoin", Interval.ONE_DAY));
        assertThat(first.close()).isEqualTo(457.3);
        assertThat(first.volumeKind()).isEqualTo(Kind.TRAILING_24H_QUOTE);
        assertThat(first.volumeAmount()).isEqualTo(21056800);
    }

    @Test
    void coinGeckoSnapshotClosesTheDayThatEndsThere() {
        RecordedRows read = Sample.read(
                "btc-usd-max.csv",
                "snapped_at,price,market_cap,total_volume\n2013-05-28 00:00:00 UTC,129.179,1448115967,7\n2013-05-29 00:00:00 UTC,132.13,1481781795,8\n");

        RawCandle first = read.rows.getFirst();
        assertThat(first.openTime()).isEqualTo("2013-05-27T00:00:00Z");
        assertThat(first.closeOnly()).isTrue();
        assertThat(first.close()).isEqualTo(129.179);
        assertThat(first.volumeKind()).isEqualTo(Kind.TRAILING_24H_QUOTE);
        assertThat(first.volumeAmount()).isEqualTo(7);
    }

    @Test
    void krakenTradesBecomeHours() {
        RecordedRows read = Sample.read(
                "kraken_BCHEUR.csv",
                "1672531436,90.54,1.5\n1672531471,91.45,1\n1672533909,90,0.5\n1672539535,90.16,5\n");

        assertThat(read.rows).hasSize(2);
        RawCandle first = read.rows.getFirst();
        assertThat(first.key()).isEqualTo(new SeriesKey("bitcoin-cash", "eur", Interval.ONE_HOUR));
        assertThat(first.venue()).isEqualTo("kraken");
        assertThat(List.of(first.open(), first.high(), first.low(), first.close(), first.volumeAmount()))
                .containsExactly(90.54, 91.45, 90.0, 90.0, 3.0);
    }

    @Test
    void tradesInAnyOrderBecomeTheSameCandles() {
        String header = "trade_id,timestamp,price,side,volume(quote),size(base)\n";
        String[] trades = {
            "1,1704067200000,10,buy,20,2\n", "2,1704067201000,12,sell,12,1\n", "3,1704067300000,9,sell,9,1\n"
        };

        List<RawCandle> forward = Sample.read("BTCUSDT_5m", header + trades[0] + trades[1] + trades[2]).rows;
        List<RawCandle> backward = Sample.read("BTCUSDT_5m", header + trades[2] + trades[1] + trades[0]).rows;

        assertThat(forward).singleElement().satisfies(candle -> {
            assertThat(candle.key().interval()).isEqualTo(Interval.FIVE_MINUTES);
            assertThat(List.of(candle.open(), candle.high(), candle.low(), candle.close(), candle.volumeAmount()))
                    .containsExactly(10.0, 12.0, 9.0, 9.0, 4.0);
        });
        assertThat(backward).usingRecursiveComparison().ignoringFields("line").isEqualTo(forward);
    }

    @Test
    void rowThatCannotBeReadIsToldAndTheOthersStay() {
        RecordedRows read = Sample.read(
                "BTCUSDT-1h.csv",
                "time,open,high,low,close,volume\n1704067200,1,1,1,1,1\n1704070800,1,oops,1,1,1\nnever,1,1,1,1,1\n1704074400,1,1\n\n1704078000,1,1,1,1,1\n");

        assertThat(read.rows).extracting(RawCandle::line).containsExactly(2L, 7L);
        assertThat(read.unreadable)
                .containsExactly("3: 'oops' is no number", "4: 'never' is no time", "5: 3 fields, expected 6");
    }

    @ParameterizedTest(name = "{0} where lines are an hour apart")
    @ValueSource(strings = {"1m", "5m", "4h", "1d"})
    void intervalThatTheLinesContradictIsRefused(String interval) {
        String hours = "1704067200,1,1,1,1,1\n1704070800,1,1,1,1,1\n1704078000,1,1,1,1,1\n1704081600,1,1,1,1,1\n";

        assertThatThrownBy(() -> Sample.read("BTCUSDT.csv", hours, Map.of("interval", interval)))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("you say candles of " + interval + " but most lines are 1h apart")
                .hasMessageContaining("pass interval 1h");
        assertThatThrownBy(() -> Sample.read("BTCUSDT-%s.csv".formatted(interval), hours))
                .hasMessageContaining("the name says candles of " + interval + " but most lines are 1h apart");
        assertThat(Sample.read("BTCUSDT-%s.csv".formatted(interval), hours, Map.of("interval", "1h")).rows)
                .hasSize(4);
    }

    @Test
    void missingCandlesDoNotContradictTheInterval() {
        String thinlyTraded =
                "1704067200,1,1,1,1,1\n1704067800,1,1,1,1,1\n1704068400,1,1,1,1,1\n1704069300,1,1,1,1,1\n";

        assertThat(Sample.read("BTCUSDT.csv", thinlyTraded, Map.of("interval", "5m")).rows)
                .hasSize(4);
    }

    @Test
    void tradesBecomeCandlesOfTheIntervalThatIsWanted() {
        String trades = "timestamp,price,size\n1704067200,1,1\n1704070800,1,1\n1704074400,1,1\n";

        assertThat(Sample.read("BTCUSDT.csv", trades, Map.of("interval", "5m")).rows)
                .extracting(row -> row.key().interval())
                .containsOnly(Interval.FIVE_MINUTES);
        assertThat(Sample.read("BTCUSDT.csv", trades).rows)
                .extracting(row -> row.key().interval())
                .containsOnly(Interval.ONE_HOUR);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("prices.csv", "1704067200,1,1,1,1,1\n1704070800,1,1,1,1,1\n", "pass its symbol (BTCUSDT)"),
                Arguments.of("BTCUSDT.csv", "1704067200,1,1,1,1,1\n", "pass interval 1h"),
                Arguments.of("BTCUSDT-2h.csv", "1704067200,1,1,1,1,1\n", "candles of 2h are not kept"),
                Arguments.of("BTCUSDT-2m.csv", "1704067200,1,1,1,1,1\n", "candles of 2m are not kept"),
                Arguments.of("BTCUSDT-1M.csv", "1704067200,1,1,1,1,1\n", "candles of 30d are not kept"),
                Arguments.of(
                        "BTCUSDT-1d.csv", "1704067200,1,1,1,1,1\n1704070800,1,1,1,1,1\n", "most lines are 1h apart"),
                Arguments.of("BTCUSDT-1h.csv", "", "it is empty"),
                Arguments.of(
                        "BTCUSDT-1h.csv",
                        "time,close\nsoon,1\nlater,1\n",
                        "none of its 2 lines could be read; line 2: 'soon' is no time"),
                Arguments.of("BTCUSDT-1h.csv", "IH\u0000DR", "found bytes that are no text"),
                Arguments.of("BTCUSDT-1h.csv", "Dear all, nothing here.\n", "expected lines like"),
                Arguments.of("BTCUSDT-1h.csv", "time,open,high,low,close\n", "it is empty"),
                Arguments.of(
                        "BTCUSDT-1h.json",
                        "{\"code\":\"40034\",\"msg\":\"Parameter does not exist\",\"data\":null}",
                        "Parameter does not exist"),
                Arguments.of("BTCUSDT-1h.json", "{\"error\":[\"EQuery:Unknown asset pair\"]}", "Unknown asset pair"),
                Arguments.of("BTCUSDT-1h.json", "[[17040672", "the JSON breaks off"),
                Arguments.of("BTCUSDT-1h.csv", "x".repeat(200_000), "longer than"),
                Arguments.of("BTCUSDT-1h.csv", "\"" + "x,".repeat(100_000), "longer than"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void refusals(String name, String content, String because) {
        assertThatThrownBy(() -> Sample.read(name, content))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining(because);
    }

    @Test
    void rowsBeforeABreakInJsonAreKept() {
        RecordedRows read = Sample.read("BTCUSDT-1h.json", "[[1704067200,1,1,1,1,1],[1704070800,1,1,1,1,1],[17040");

        assertThat(read.unreadable).hasSize(1);
        assertThat(read.rows).hasSize(2);
    }

    private static RawCandle candle(String asset, String vs, Interval interval, String time) {
        return new RawCandle(
                new SeriesKey(asset, vs, interval),
                "file",
                0,
                Instant.parse(time),
                10,
                12,
                9,
                11,
                5,
                Kind.BASE,
                false,
                true);
    }
}
