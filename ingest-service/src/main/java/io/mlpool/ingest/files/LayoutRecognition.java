package io.mlpool.ingest.files;

import static io.mlpool.ingest.files.Layout.NONE;

import io.mlpool.ingest.files.Layout.Content;
import io.mlpool.ingest.symbols.Pair;
import io.mlpool.market.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the columns: by their names where there is a header, else by number and values of the fields. */
final class LayoutRecognition {

    private static final List<String> TIMES = List.of(
            "opentime",
            "timestamp",
            "unix",
            "unixtimestamp",
            "ts",
            "starttime",
            "start",
            "time",
            "datetime",
            "dateutc",
            "snappedat",
            "timeopen",
            "t",
            "date");
    private static final List<String> PRICES = List.of("price", "p", "rate");
    private static final List<String> SIZES = List.of(
            "sizebase", "size", "qty", "quantity", "amount", "volumebase", "volume", "basevolume", "q", "v", "vol");
    private static final List<String> VOLUMES =
            List.of("volume", "basevolume", "volumebase", "vol", "v", "volumefrom", "baseassetvolume", "amount");
    private static final List<String> SYMBOLS = List.of("symbol", "pair", "market", "instid");
    /** Only trades have one of these. */
    private static final List<String> TRADE_MARKS = List.of(
            "tradeid",
            "side",
            "size",
            "sizebase",
            "qty",
            "amount",
            "isbuyermaker",
            "takerside",
            "aggtradeid",
            "execid");

    private LayoutRecognition() {}

    /** Whether a line names columns: it has a name for the time and one for a price. */
    static Optional<Layout> ofHeader(List<String> header) {
        List<String> names = header.stream().map(LayoutRecognition::plain).toList();
        int time = first(names, TIMES);
        int close = first(names, List.of("close", "c", "closeprice", "pricec"));
        int price = first(names, PRICES);
        if (time == NONE || (close == NONE && price == NONE)) {
            return Optional.empty();
        }
        int symbol = first(names, SYMBOLS);
        if (close == NONE) {
            return Optional.of(
                    names.stream().anyMatch(TRADE_MARKS::contains)
                            ? Layout.trades(time, price, first(names, SIZES), symbol)
                            : Layout.snapshots(
                                    time, price, first(names, List.of("totalvolume", "totalvolumes")), symbol));
        }
        return Optional.of(candles(names, time, close, symbol));
    }

    /** By the shape of lines without names; the time comes first in all of them. */
    static Optional<Layout> ofShape(List<Line> lines) {
        int size = lines.stream().mapToInt(Line::size).max().orElse(0);
        if (lines.isEmpty() || !startsWithTime(lines.getFirst())) {
            return Optional.empty();
        }
        return switch (size) {
            case 2 -> Optional.of(Layout.closes(0, 1, NONE));
            case 3, 4 -> Optional.of(Layout.trades(0, 1, 2, NONE));
            case 5 -> Optional.of(Layout.candles(0, 1, 2, 3, 4, NONE));
            case 8 -> Optional.of(Layout.candles(0, 1, 2, 3, 4, hasAveragePrice(lines) ? 6 : 5));
            default -> size < 2 ? Optional.empty() : Optional.of(candlesOrCoinbase(lines));
        };
    }

    private static Layout candles(List<String> names, int time, int close, int symbol) {
        int open = first(names, List.of("open", "o", "openprice"));
        int high = first(names, List.of("high", "h", "highprice", "max"));
        int low = first(names, List.of("low", "l", "lowprice", "min"));
        if (open == NONE || high == NONE || low == NONE) {
            return Layout.closes(time, close, symbol);
        }
        int volume = volume(names);
        Volume.Kind kind = volume == NONE ? Volume.Kind.UNKNOWN : Volume.Kind.BASE;
        if (names.contains("adjclose")) {
            kind = Volume.Kind.TRAILING_24H_QUOTE; // Yahoo counts the day in the quote currency
        }
        return new Layout(Content.CANDLES, time, open, high, low, close, volume, kind, symbol);
    }

    /** CryptoDataDownload has one column for each side of the pair, "Volume BTC" and "Volume USD"; the coin's is meant. */
    private static int volume(List<String> names) {
        int plain = first(names, VOLUMES);
        for (int i = 0; plain == NONE && i < names.size(); i++) {
            String name = names.get(i);
            if (name.startsWith("volume")
                    && !Pair.isMoney(name.substring("volume".length()).toUpperCase(Locale.ROOT))
                    && !name.endsWith("quote")) {
                plain = i;
            }
        }
        return plain;
    }

    private static Layout candlesOrCoinbase(List<Line> lines) {
        int volume = lines.stream().mapToInt(Line::size).max().orElse(0) > 5 ? 5 : NONE;
        Layout usual = Layout.candles(0, 1, 2, 3, 4, volume);
        Layout coinbase = Layout.candles(0, 3, 2, 1, 4, volume);
        try {
            return !lines.stream().allMatch(usual::fits) && lines.stream().allMatch(coinbase::fits) ? coinbase : usual;
        } catch (NumberFormatException e) {
            return usual;
        }
    }

    /** Kraken puts the volume-weighted price before the volume; it lies between low and high. */
    private static boolean hasAveragePrice(List<Line> lines) {
        try {
            return lines.stream()
                    .filter(line -> line.size() == 8)
                    .allMatch(line -> line.number(5) == 0
                            || (line.number(5) >= line.number(3) && line.number(5) <= line.number(2)));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean startsWithTime(Line line) {
        try {
            line.micros(0);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static int first(List<String> names, List<String> wanted) {
        return wanted.stream()
                .mapToInt(names::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(NONE);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
