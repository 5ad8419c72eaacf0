package io.mlpool.ingest.replay;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** What is to be replayed, as the settings say. */
public final class ReplayProgramme {

    static final String BITSTAMP = "bitstamp-2013";

    private final ReplayProperties settings;
    private final Replay replay;
    private final MarketSource files;

    ReplayProgramme(ReplayProperties settings, Replay replay, MarketSource files) {
        this.settings = settings;
        this.replay = replay;
        this.files = files;
    }

    public boolean enabled() {
        return settings.enabled();
    }

    /** For people: what is played and how. */
    public String title() {
        return "%s at %s".formatted(settings.recording(), settings.speed());
    }

    /**
     * Plays on until the end, or until {@code stopping} says so.
     *
     * @return whether the recording is at its end
     */
    public boolean play(BooleanSupplier stopping) {
        Recording recording = recording();
        return replay.play(
                recording, Speed.of(settings.speed()), settings.times(), settings.historyUntil(recording), stopping);
    }

    private Recording recording() {
        if (settings.recording().equals(BITSTAMP)) {
            return RecordedTrades.bitstamp2013();
        }
        Path file = Path.of(settings.recording());
        String name = file.getFileName().toString();
        Payload payload = new Payload(files.name(), name, settings.hints(), () -> Files.newInputStream(file));
        return RecordedFile.read(name, payload, files);
    }
}
