package io.mlpool.ingest.replay;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.symbols.SymbolMap;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Real trades that come with the program. */
public final class RecordedTrades {

    private static final String BITSTAMP = "/bitstamp_trades_from_20131125_usd.csv";
    private static final long LARGEST = 64_000_000;

    private RecordedTrades() {}

    /**
     * Bitcoin in US dollars on Bitstamp, 2013-11-25T00:00Z to 2013-12-01T16:00Z, candles of five minutes from 100,000 trades. They
     * are a resource of the Maven artifact {@code org.ta4j:ta4j-examples} (MIT licence) and need no network.
     */
    public static Recording bitstamp2013() {
        return bitstamp2013(new FileSource(SymbolMap.bundled(), LARGEST));
    }

    /** The candle that was forming when the recording ended is left out. */
    private static Recording bitstamp2013(MarketSource files) {
        Map<String, String> hints =
                Map.of("asset", "bitcoin", "vs_currency", "usd", "interval", "5m", "venue", "bitstamp");
        Payload trades = new Payload(files.name(), BITSTAMP.substring(1), hints, RecordedTrades::open);
        Recording whole = RecordedFile.read(ReplayProgramme.BITSTAMP, trades, files);
        return new Recording(
                whole.name(),
                whole.key(),
                whole.candles().subList(0, whole.candles().size() - 1));
    }

    private static InputStream open() throws IOException {
        InputStream csv = RecordedTrades.class.getResourceAsStream(BITSTAMP);
        if (csv == null) {
            throw new FileNotFoundException(
                    BITSTAMP + " is not on the classpath; it comes with the Maven artifact org.ta4j:ta4j-examples");
        }
        return csv;
    }
}
