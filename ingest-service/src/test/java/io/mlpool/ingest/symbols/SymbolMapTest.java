package io.mlpool.ingest.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolMapTest {

    private final SymbolMap symbols = SymbolMap.bundled();

    @ParameterizedTest
    @CsvSource({
        "BTCUSDT, BTC/USDT, usd",
        "XBTUSD, XBT/USD, usd",
        "XXBTZEUR, XXBT/ZEUR, eur",
        "BNBFDUSD, BNB/FDUSD, usd",
        "ETHBTC, ETH/BTC, btc",
        "btc-usd, BTC/USD, usd",
        "SOL/USDT:USDT, SOL/USDT, usd",
        "TUSDUSDT, TUSD/USDT, usd",
        "1INCHUSDT, 1INCH/USDT, usd",
    })
    void pairIsReadHoweverItIsWritten(String text, String pair, String vsCurrency) {
        assertThat(symbols.pair(text)).hasValueSatisfying(found -> {
            assertThat(found).hasToString(pair);
            assertThat(found.vsCurrency()).isEqualTo(vsCurrency);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "BTC, bitcoin",
        "SNX, havven",
        "SUSD, nusd",
        "UST, terrausd",
        "CRV, curve-dao-token",
        "BZRX, bzx-protocol"
    })
    void tickerMeansCoinGeckosId(String symbol, String asset) {
        assertThat(symbols.meanings(symbol))
                .singleElement()
                .extracting(SymbolMap.Meaning::asset)
                .isEqualTo(asset);
    }

    @Test
    void lunaIsAnotherCoinFromTheDayOfItsRebirth() {
        assertThat(assetsAt("2022-05-27T23:59:59Z")).containsExactly("terra-luna");
        assertThat(assetsAt("2022-05-28T00:00:00Z")).containsExactly("terra-luna-2");
    }

    @Test
    void everyAssetIsAValidKeyAndHasAName() {
        for (String symbol : List.of("BTC", "LUNA", "APE", "USDT", "1INCH", "S")) {
            symbols.meanings(symbol).forEach(meaning -> {
                assertThat(SeriesKey.usd(meaning.asset(), Interval.ONE_HOUR).asset())
                        .isEqualTo(meaning.asset());
                assertThat(symbols.ofAsset(meaning.asset()))
                        .hasValueSatisfying(known -> assertThat(known.name()).isNotBlank());
            });
        }
    }

    private List<String> assetsAt(String time) {
        return symbols.meanings("LUNA").stream()
                .filter(meaning -> meaning.holdsAt(Instant.parse(time)))
                .map(SymbolMap.Meaning::asset)
                .toList();
    }
}
