package io.mlpool.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.Hours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    @TempDir
    private Path folder;

    private Hours hours;
    private Inbox inbox;

    @BeforeEach
    void emptyInbox() {
        hours = new Hours(folder.resolve("archive"));
        InboxProperties settings =
                new InboxProperties(true, folder.resolve("inbox"), Duration.ofSeconds(2), Duration.ofSeconds(3));
        inbox = new Inbox(settings, hours.archive, hours.ingestion, hours.clock);
    }

    @Test
    void completeFileIsArchivedThenTakenInThenMovedToDone() throws IOException {
        put("binance/BTCUSDT-1h.csv", Hours.csv(0, 24, 100), Duration.ofMinutes(1));

        List<InboxFile> complete = inbox.complete();
        assertThat(complete).singleElement().extracting(InboxFile::name).isEqualTo("binance/BTCUSDT-1h.csv");
        assertThat(hours.archive.payloads())
                .singleElement()
                .extracting(archived -> archived.sha256())
                .isEqualTo(complete.getFirst().sha256());

        complete.forEach(inbox::take);
        assertThat(hours.candles()).hasSize(24 + 7).anyMatch(row -> row.contains("binance"));
        assertThat(folder.resolve("inbox/done/binance/BTCUSDT-1h.csv")).exists();
        assertThat(folder.resolve("inbox/binance/BTCUSDT-1h.csv")).doesNotExist();
        assertThat(inbox.complete()).isEmpty();
    }

    @Test
    void fileThatStillGrowsOrIsHiddenOrHalfWrittenIsLeftAlone() throws IOException {
        put("BTCUSDT-1h.csv", Hours.csv(0, 24, 100), Duration.ofSeconds(1));
        put(".BTCUSDT-1h.csv", Hours.csv(0, 24, 100), Duration.ofMinutes(1));
        put("ETHUSDT-1h.csv.part", Hours.csv(0, 24, 100), Duration.ofMinutes(1));

        assertThat(inbox.complete()).isEmpty();

        hours.clock.advance(Duration.ofSeconds(2));
        assertThat(inbox.complete()).extracting(InboxFile::name).containsExactly("BTCUSDT-1h.csv");
    }

    @Test
    void unreadableFileGoesToFailedWithTheReasonBesideIt() throws IOException {
        put("prices.csv", "1704067200,1,1,1,1,1\n1704070800,1,1,1,1,1\n", Duration.ofMinutes(1));

        inbox.complete().forEach(inbox::take);

        assertThat(folder.resolve("inbox/failed/prices.csv")).exists();
        assertThat(folder.resolve("inbox/failed/prices.csv.txt")).content().contains("pass its symbol (BTCUSDT)");
        assertThat(inbox.complete()).isEmpty();
    }

    @Test
    void damagedFileGoesToFailedAtOnce() throws IOException {
        Files.createDirectories(folder.resolve("inbox"));
        Files.write(folder.resolve("inbox/BTCUSDT-1h.csv.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
        settle("BTCUSDT-1h.csv.gz", Duration.ofMinutes(1));

        assertThat(inbox.complete()).isEmpty();
        assertThat(folder.resolve("inbox/failed/BTCUSDT-1h.csv.gz.txt"))
                .content()
                .contains("fetch it again");
    }

    @Test
    void crashBetweenStoringAndMovingRepeatsNothing() throws IOException {
        put("BTCUSDT-1h.csv", Hours.csv(0, 24, 100), Duration.ofMinutes(1));
        hours.take("BTCUSDT-1h.csv", Hours.csv(0, 24, 100));
        List<String> candles = hours.candles();

        List<InboxFile> again = inbox.complete();
        again.forEach(inbox::take);
        again.forEach(inbox::take);

        assertThat(hours.candles()).isEqualTo(candles);
        assertThat(folder.resolve("inbox/done/BTCUSDT-1h.csv")).exists();
    }

    private void put(String name, String content, Duration age) throws IOException {
        Path file = folder.resolve("inbox").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
        settle(name, age);
    }

    private void settle(String name, Duration age) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve("inbox").resolve(name),
                FileTime.from(hours.clock.instant().minus(age)));
    }
}
