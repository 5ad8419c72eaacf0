package io.mlpool.ingest.files;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.symbols.SymbolMap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Files of candles, closes or trades as people export them: CSV with any delimiter and times in any unit, JSON of exchanges' APIs,
 * Bitget's workbooks, each also within gzip or zip. What a file is, is told by its content; what it is about, by
 * hints ({@code asset}, {@code symbol}, {@code vs_currency}, {@code interval}, {@code venue}), its lines or its name.
 */
public final class FileSource implements MarketSource {

    public static final String NAME = "files";

    private final SymbolMap symbols;
    private final long mostUnpacked;

    /** @param mostUnpacked how many bytes a payload may unpack to */
    public FileSource(SymbolMap symbols, long mostUnpacked) {
        this.symbols = symbols;
        this.mostUnpacked = mostUnpacked;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void read(Payload payload, RowSink sink) throws IOException {
        ByteBudget budget = new ByteBudget(payload.name(), mostUnpacked);
        PayloadReading reading = new PayloadReading(payload, budget, sink);
        try (InputStream content = payload.content().open()) {
            new Unpacking(payload.name(), budget, reading).unpack(payload.name(), content);
        } catch (ZipException | EOFException e) {
            reading.damaged("what is packed is damaged or cut off: " + e.getMessage());
        }
        reading.end();
    }

    /** One file may be unreadable beside good ones; only when none is good the payload is refused. */
    private final class PayloadReading implements Unpacking.Visitor {

        private final Payload payload;
        private final ByteBudget budget;
        private final Told sink;
        private @Nullable UnreadablePayloadException refused;

        PayloadReading(Payload payload, ByteBudget budget, RowSink sink) {
            this.payload = payload;
            this.budget = budget;
            this.sink = new Told(sink);
        }

        @Override
        public void file(String name, InputStream content, boolean workbook) throws IOException {
            Naming naming = new Naming(payload, name, symbols);
            try {
                if (workbook) {
                    table(Workbook.read(payload.name(), content), naming);
                } else {
                    text(content, naming);
                }
            } catch (UnreadablePayloadException e) {
                if (budget.isSpent()) {
                    throw e;
                }
                refused = e;
                if (sink.rows > 0 || !name.equals(payload.name())) {
                    sink.unreadable(0, e.getMessage() == null ? "unreadable" : e.getMessage(), name);
                }
            }
        }

        void end() {
            if (sink.rows == 0) {
                throw refused != null ? refused : new UnreadablePayloadException(payload.name(), sink.whyNothing());
            }
        }

        void damaged(String how) {
            refused = new UnreadablePayloadException(payload.name(), how + "; fetch it again");
            sink.unreadable(0, how, payload.name());
        }

        private void text(InputStream content, Naming naming) throws IOException {
            content.mark(DelimitedText.LONGEST_LINE);
            int first = content.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = content.read();
            }
            content.reset();
            if (first == '{' || first == '[') {
                json(content, naming);
            } else {
                table(new DelimitedText(content), naming);
            }
        }

        private void json(InputStream content, Naming naming) throws IOException {
            try (JsonTable table = new JsonTable(content)) {
                Head head = jsonHead(table);
                TableReading.read(table, head, naming, table.symbol().orElse(""), sink);
                table.damage().ifPresent(this::damaged);
            }
        }

        private Head jsonHead(JsonTable table) throws IOException {
            try {
                return Head.of(payload.name(), table);
            } catch (UnreadablePayloadException e) {
                Optional<String> refusal = table.refusal();
                throw refusal.isEmpty()
                        ? e
                        : new UnreadablePayloadException(
                                payload.name(), "it holds the exchange's refusal instead of candles: " + refusal.get());
            }
        }

        private void table(Table table, Naming naming) throws IOException {
            TableReading.read(table, Head.of(payload.name(), table), naming, "", sink);
            table.damage().ifPresent(this::damaged);
        }
    }

    /** Counts what was told, so that a payload that tells nothing can be refused. */
    private static final class Told implements RowSink {

        private final RowSink sink;
        private long rows;
        private long unreadable;
        private String first = "";

        Told(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void row(RawCandle row) {
            rows++;
            sink.row(row);
        }

        @Override
        public void unreadable(long line, String reason, String text) {
            if (unreadable++ == 0) {
                first = "line %d: %s".formatted(line, reason);
            }
            sink.unreadable(line, reason, text);
        }

        String whyNothing() {
            return unreadable == 0
                    ? "it is empty; expected lines of candles or trades"
                    : "none of its %d lines could be read; %s".formatted(unreadable, first);
        }

        @Override
        public void noted(Reason reason, long line, String text) {
            sink.noted(reason, line, text);
        }
    }
}
