package io.mlpool.ingest.replay;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A recording in a file of the user's. */
final class RecordedFile {

    Recording read(ReplayProperties settings) {
        Path file = Path.of(settings.recording());
        String asset = settings.asset() == null ? "bitcoin" : settings.asset();
        Interval interval = settings.interval() == null ? Interval.FIVE_MINUTES : Interval.of(settings.interval());
        try {
            return RecordedTrades.read(
                    file.getFileName().toString(), SeriesKey.usd(asset, interval), Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the recording %s cannot be read".formatted(file), e);
        }
    }
}
