package io.mlpool.ingest.symbols;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is traded for what, as an exchange writes it, in upper case.
 *
 * @param base {@code BTC} of {@code BTCUSDT}
 * @param quote {@code USDT} of {@code BTCUSDT}
 */
public record Pair(String base, String quote) {

    private static final Set<String> DOLLARS =
            Set.of("USD", "USDT", "USDC", "BUSD", "TUSD", "FDUSD", "DAI", "USDP", "ZUSD", "USDE");
    private static final Set<String> MONEY =
            Set.of("EUR", "GBP", "JPY", "TRY", "KRW", "BRL", "AUD", "CAD", "CHF", "UAH", "PLN", "ZEUR");
    private static final Set<String> COINS = Set.of("BTC", "XBT", "ETH", "BNB");
    /** Longest first, so that FDUSD is not read as a coin FD for USD. */
    private static final List<String> SUFFIXES = List.of(
            "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "USDE", "ZUSD", "ZEUR", "USD", "DAI", "EUR", "GBP", "JPY",
            "TRY", "KRW", "BRL", "AUD", "CAD", "CHF", "UAH", "PLN", "BTC", "XBT", "ETH", "BNB");

    /** Whether prices can be told in it. */
    static boolean isQuote(String token) {
        return isMoney(token) || COINS.contains(token);
    }

    /** Whether it is a currency or a coin pegged to the dollar. */
    public static boolean isMoney(String token) {
        return DOLLARS.contains(token) || MONEY.contains(token);
    }

    /**
     * The pairs that may be meant by {@code BTC/USD}, {@code BTC-USD}, {@code BTC_USDT}, {@code BTC/USDT:USDT} or {@code BTCUSDT}: the
     * last way of writing is ambiguous, XBTUSD is a bitcoin in dollars and could be an XB in TUSD. Likeliest first.
     */
    static List<Pair> candidates(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        String[] parts = upper.split("[/_:-]", -1);
        if (parts.length >= 2 && isQuote(parts[1]) && isTicker(parts[0])) {
            return List.of(new Pair(parts[0], parts[1]));
        }
        return parts.length == 1 ? ofOneWord(upper) : List.of();
    }

    private static List<Pair> ofOneWord(String word) {
        return SUFFIXES.stream()
                .filter(quote -> word.length() > quote.length() && word.endsWith(quote))
                .map(quote -> new Pair(word.substring(0, word.length() - quote.length()), quote))
                .filter(pair -> isTicker(pair.base))
                .toList();
    }

    /** Our name of the quote currency: {@code usd} for the dollar and the coins pegged to it. */
    public String vsCurrency() {
        if (DOLLARS.contains(quote)) {
            return "usd";
        }
        return switch (quote) {
            case "XBT" -> "btc";
            case "ZEUR" -> "eur";
            default -> quote.toLowerCase(Locale.ROOT);
        };
    }

    private static boolean isTicker(String token) {
        return token.matches("[A-Z0-9]{2,15}") && !token.matches("[0-9]+");
    }

    @Override
    public String toString() {
        return base + "/" + quote;
    }
}
