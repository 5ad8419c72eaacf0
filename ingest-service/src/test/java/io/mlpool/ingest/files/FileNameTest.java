package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.symbols.Pair;
import io.mlpool.ingest.symbols.SymbolMap;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

    private static final SymbolMap SYMBOLS = SymbolMap.bundled();

    @ParameterizedTest
    @CsvSource({
        "binance-spot/BTCUSDT-1h.csv.gz, BTC/USDT, PT1H, binance",
        "binance-futures/BTCUSDT-1h.csv.gz, BTC/USDT, PT1H, binance-futures",
        "Bitstamp_BTCUSD_d.csv, BTC/USD, PT24H, bitstamp",
        "kraken/XBTUSD_60.csv, XBT/USD, PT1H, kraken",
        "XBTUSD_1440.csv, XBT/USD, PT24H, ",
        "APE_USDT-1h.json, APE/USDT, PT1H, ",
        "bybit_BTCUSDT_5m.csv, BTC/USDT, PT5M, bybit",
        "btc-usd-max.csv, BTC/USD, , ",
        "BTC-USD.csv, BTC/USD, , ",
        "coinbase/eth-eur-daily.csv, ETH/EUR, PT24H, coinbase",
        "BNBFDUSD-15m.csv, BNB/FDUSD, PT15M, ",
        "ETHBTC-4H.csv, ETH/BTC, PT4H, ",
        "bitget_UMCBL_1min.csv, , PT1M, bitget-futures",
        "BTCUSDT-1M.csv, BTC/USDT, PT720H, ",
        "country_report.csv, , , ",
        "my prices.txt, , , ",
    })
    void nameTellsPairIntervalAndVenue(String path, String pair, String interval, String venue) {
        FileName name = FileName.of(path, SYMBOLS);

        assertThat(name.pair().map(Pair::toString).orElse(null)).isEqualTo(pair);
        assertThat(name.interval().map(Duration::toString).orElse(null)).isEqualTo(interval);
        assertThat(name.venue().orElse(null)).isEqualTo(venue);
    }
}
