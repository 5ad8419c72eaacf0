package io.mlpool.ingest.replay;

import io.mlpool.market.Candle;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes candles of recorded trades: CSV with the header {@code timestamp,price,amount}, in time order, times in seconds.
 * Periods without a trade are gaps. The last candle is left out, since nobody knows whether its period was over.
 */
public final class RecordedTrades {

    private static final String BITSTAMP = "/bitstamp_trades_from_20131125_usd.csv";
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private final Interval interval;
    private final List<Candle> candles = new ArrayList<>();
    private @Nullable Period period;

    private RecordedTrades(Interval interval) {
        this.interval = interval;
    }

    /**
     * Bitcoin in US dollars on Bitstamp, 2013-11-25 to 2013-12-01, candles of five minutes from 100,000 trades. They come with
     * the Maven artifact {@code org.ta4j:ta4j-examples} (MIT licence) and need no network.
     */
    public static Recording bitstamp2013() {
        try (InputStream csv = RecordedTrades.class.getResourceAsStream(BITSTAMP)) {
            if (csv == null) {
                throw new IllegalStateException(
                        BITSTAMP + " is not on the classpath; it comes with the Maven artifact org.ta4j:ta4j-examples");
            }
            return read("bitstamp-2013", SeriesKey.usd("bitcoin", Interval.FIVE_MINUTES), csv);
        } catch (IOException e) {
            throw new UncheckedIOException("the recorded trades could not be read", e);
        }
    }

    /** Reads trades to their end. */
    static Recording read(String name, SeriesKey key, InputStream csv) throws IOException {
        RecordedTrades trades = new RecordedTrades(key.interval());
        try (Reader text = new InputStreamReader(csv, StandardCharsets.UTF_8)) {
            for (CSVRecord trade : FORMAT.parse(text)) {
                trades.add(
                        Instant.ofEpochSecond(Long.parseLong(trade.get("timestamp"))),
                        Double.parseDouble(trade.get("price")),
                        Double.parseDouble(trade.get("amount")));
            }
        }
        return new Recording(name, key, trades.candles);
    }

    private void add(Instant time, double price, double amount) {
        Instant openTime = interval.floor(time);
        if (period == null || !period.openTime.equals(openTime)) {
            if (period != null) {
                candles.add(period.candle(interval));
            }
            period = new Period(openTime, price);
        }
        period.add(price, amount);
    }

    private static final class Period {

        private final Instant openTime;
        private final double open;
        private double high;
        private double low;
        private double close;
        private double volume;

        Period(Instant openTime, double open) {
            this.openTime = openTime;
            this.open = open;
            this.high = open;
            this.low = open;
        }

        void add(double price, double amount) {
            high = Math.max(high, price);
            low = Math.min(low, price);
            close = price;
            volume += amount;
        }

        Candle candle(Interval interval) {
            return Candle.of(interval, openTime, open, high, low, close, Volume.base(volume));
        }
    }
}
