package io.mlpool.ingest.files;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.symbols.Pair;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.ingest.symbols.SymbolMap.Meaning;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is about: what is passed with it counts most, then what its lines say, then its name. Hints are {@code asset},
 * {@code symbol}, {@code vs_currency}, {@code interval} and {@code venue}.
 */
final class Naming {

    private static final String SYMBOL_WANTED =
            "neither name nor content say which pair it is; name it like BTCUSDT-1h.csv or pass its symbol (BTCUSDT) or its asset (bitcoin)";

    private static final Duration DAY = Duration.ofDays(1);
    private static final String INTERVAL_WANTED =
            "neither name nor lines say how long a candle is; name it like BTCUSDT-1h.csv or pass interval 1h";

    private final String payload;
    private final Map<String, String> hints;
    private final FileName name;
    private final SymbolMap symbols;

    Naming(Payload payload, String file, SymbolMap symbols) {
        this.payload = payload.name();
        this.hints = payload.hints();
        this.name = FileName.of(file, symbols).or(FileName.of(payload.name(), symbols));
        this.symbols = symbols;
    }

    String venue() {
        return Optional.ofNullable(hints.get("venue"))
                .map(this::checkedVenue)
                .or(name::venue)
                .orElse("file");
    }

    /**
     * The series of the file.
     *
     * @param said the symbol that the content names; empty when it does not
     * @throws UnreadablePayloadException when nothing says which pair it is
     */
    Instrument instrument(String said, Interval interval) {
        String asset = hints.get("asset");
        Optional<Pair> pair = pair(said);
        String vsCurrency = Optional.ofNullable(hints.get("vs_currency"))
                .map(hint -> hint.toLowerCase(Locale.ROOT))
                .or(() -> pair.map(Pair::vsCurrency))
                .orElse(SeriesKey.USD);
        if (asset != null) {
            return Instrument.of(keyOf(asset, vsCurrency, interval));
        }
        String base = pair.map(Pair::base).or(() -> bareSymbol()).orElseThrow(() -> unreadable(SYMBOL_WANTED));
        List<Meaning> meanings = symbols.meanings(base);
        SeriesKey ofTicker = keyOf(base.toLowerCase(Locale.ROOT), vsCurrency, interval);
        return meanings.isEmpty() ? Instrument.of(ofTicker) : Instrument.of(base, meanings, vsCurrency, interval);
    }

    /** Whether the symbol map does not know what the file is about, so that its ticker became its key. */
    boolean isUnmapped(Instrument instrument) {
        return hints.get("asset") == null && !symbols.knows(instrument.symbol());
    }

    /**
     * The length of the candles: as passed, as named, or else the step that most lines are apart.
     *
     * @throws UnreadablePayloadException when it cannot be told, is none that is kept, or the lines contradict it
     */
    Interval interval(Optional<Spacing> spacing) {
        Optional<Duration> passed = Optional.ofNullable(hints.get("interval")).map(this::passed);
        Optional<Duration> told = passed.or(name::interval);
        Optional<Spacing> contradiction =
                spacing.filter(lines -> told.filter(lines::contradicts).isPresent());
        if (contradiction.isPresent()) {
            throw unreadable("%s candles of %s but most lines are %s apart; %s"
                    .formatted(
                            passed.isPresent() ? "you say" : "the name says",
                            words(told.orElseThrow()),
                            words(contradiction.get().usual()),
                            remedy(contradiction.get().usual())));
        }
        return known(told.or(() -> spacing.map(Spacing::usual)).orElseThrow(() -> unreadable(INTERVAL_WANTED)));
    }

    /** Trades can be made into candles of any length; hours unless something else is asked for. */
    Interval intervalOfTrades() {
        return hints.containsKey("interval") || name.interval().isPresent()
                ? interval(Optional.empty())
                : Interval.ONE_HOUR;
    }

    private Duration passed(String hint) {
        return IntervalText.of(hint)
                .orElseThrow(
                        () -> unreadable("interval must be one of %s, found '%s'".formatted(Interval.labels(), hint)));
    }

    private static String remedy(Duration usual) {
        return IntervalText.known(usual)
                .map("if they are candles of %1$s, pass interval %1$s"::formatted)
                .orElse("candles of that length are not kept, those of %s are".formatted(Interval.labels()));
    }

    private String checkedVenue(String hint) {
        String venue = hint.toLowerCase(Locale.ROOT);
        if (!venue.matches("[a-z0-9][a-z0-9._-]{0,39}") || venue.equals("derived")) {
            throw unreadable("venue must be up to 40 letters, digits, '.', '_' or '-', and not 'derived'; found '%s'"
                    .formatted(hint));
        }
        return venue;
    }

    private Optional<Pair> pair(String said) {
        return Optional.ofNullable(hints.get("symbol"))
                .map(symbols::pair)
                .orElseGet(
                        () -> said.isEmpty() ? name.pair() : symbols.pair(said).or(name::pair));
    }

    /** A ticker without its currency, as in {@code symbol=BTC}. */
    private Optional<String> bareSymbol() {
        return Optional.ofNullable(hints.get("symbol"))
                .map(symbol -> symbol.strip().toUpperCase(Locale.ROOT))
                .filter(symbol -> symbol.matches("[A-Z0-9]{1,15}"));
    }

    private SeriesKey keyOf(String asset, String vsCurrency, Interval interval) {
        try {
            return new SeriesKey(asset, vsCurrency, interval);
        } catch (IllegalArgumentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private Interval known(Duration length) {
        return IntervalText.known(length)
                .orElseThrow(() -> unreadable(
                        "candles of %s are not kept; those of %s are".formatted(words(length), Interval.labels())));
    }

    private UnreadablePayloadException unreadable(String reason) {
        return new UnreadablePayloadException(payload, reason);
    }

    private static String words(Duration length) {
        return length.compareTo(DAY) >= 0 && length.minusDays(length.toDays()).isZero()
                ? length.toDays() + "d"
                : length.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
