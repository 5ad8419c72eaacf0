package io.mlpool.ingest.protocols;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.protocols.Incident;
import io.mlpool.protocols.LockedValue;
import io.mlpool.protocols.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes facts of lines. A line that cannot be one is counted with the reason, and the next follows. */
final class FileRows {

    /** Who made the histories that come as files, unless a hint {@code venue} says otherwise. */
    static final String DEFI_PULSE = "defipulse";

    static final String DEFILLAMA = "defillama";
    private static final String DEFIHACKLABS = "defihacklabs";

    /** {@code $1,6M}: a comma that does not part thousands may stand for a point, and who read it otherwise read ten times as much. */
    private static final Pattern UNCLEAR_COMMA = Pattern.compile(".*\\d,\\d{1,2}(\\D.*|$)");

    private final Payload payload;
    private final SymbolMap symbols;
    private final Told told;
    private long unread;
    private String firstUnread = "";

    FileRows(Payload payload, SymbolMap symbols, Told told) {
        this.payload = payload;
        this.symbols = symbols;
        this.told = told;
    }

    /** Takes the lines below a head. */
    BiConsumer<Long, FileRow> reader(FileHead head) {
        return switch (head.kind()) {
            case HACK -> (line, row) -> read(row, this::hack);
            case LAB_INCIDENT -> (line, row) -> read(row, this::labIncident);
            case LOCKED_VALUE -> (line, row) -> read(row, this::lockedValue);
        };
    }

    String whyNothing() {
        return unread == 0
                ? "it holds no incidents and nothing that is locked"
                : "none of its %d lines could be read; %s".formatted(unread, firstUnread);
    }

    private void read(FileRow row, java.util.function.Consumer<FileRow> kind) {
        try {
            kind.accept(row);
        } catch (IllegalArgumentException e) {
            if (unread++ == 0) {
                firstUnread = "line %d: %s".formatted(row.line(), e.getMessage());
            }
            told.bad(Reason.UNREADABLE, row.line(), e.getMessage() + ": " + row);
        }
    }

    private void hack(FileRow row) {
        Double usd = row.number("amount");
        Incident incident = new Incident(
                DEFILLAMA,
                row.day("date"),
                row.required("name"),
                row.text("classification"),
                row.text("technique"),
                usd,
                row.number("returnedfunds"),
                row.list("chain", "chains"),
                row.text("targettype"),
                row.truth("bridgehack"),
                row.text("source", "link"),
                row.id("defillamaid"),
                row.text("parentprotocolid"),
                null);
        told.incident(row.line(), incident);
        noteAmount(row, usd, String.valueOf(row.text("amount")));
    }

    private void labIncident(FileRow row) {
        String lost = row.text("losttext", "lost");
        boolean unclear = lost != null && UNCLEAR_COMMA.matcher(lost).matches();
        Double usd = unclear ? null : row.number("lostusdparsed", "lostusd");
        Incident incident = new Incident(
                DEFIHACKLABS,
                row.day("date"),
                row.required("protocol"),
                null,
                row.text("attacktype"),
                usd,
                null,
                row.list("chain", "chains"),
                null,
                null,
                row.text("reference", "link"),
                null,
                null,
                null);
        told.incident(row.line(), incident);
        noteAmount(row, usd, String.valueOf(lost));
    }

    private void noteAmount(FileRow row, @Nullable Double usd, String text) {
        if (usd == null) {
            told.noted(Reason.UNCLEAR_AMOUNT, row.line(), text);
        }
    }

    private void lockedValue(FileRow row) {
        String name = protocol(row);
        String slug = name.toLowerCase(Locale.ROOT).replace("'", "").replaceAll("[\\s/?#]+", "-");
        double usd = Double.parseDouble(row.required("tvlusd", "tvl", "totalliquidityusd"));
        if (!(usd >= 0 && usd < Double.POSITIVE_INFINITY)) {
            told.bad(Reason.NOT_AN_AMOUNT, row.line(), row.toString());
            return;
        }
        told.value(row.line(), new LockedValue(slug, row.day("time", "date", "timestamp"), row.text("chain"), usd));
        told.about(Protocol.named(slug, name, symbols.assetCalled(name).orElse(null)));
    }

    /** What the line is about: a sum over a category or over everything is no protocol. */
    private String protocol(FileRow row) {
        String name = row.text("token", "protocol", "project", "slug", "name");
        String hint = payload.hints().getOrDefault("asset", payload.hints().getOrDefault("symbol", ""));
        if (name != null) {
            return name;
        }
        if (hint.isEmpty() || row.columns().contains("category")) {
            throw new IllegalArgumentException(
                    "it names no protocol (a column %s), and sums over several are not kept; for a file about one say asset=NAME"
                            .formatted(List.of("token", "protocol", "slug")));
        }
        return hint;
    }
}
