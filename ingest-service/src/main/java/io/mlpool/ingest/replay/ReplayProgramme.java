package io.mlpool.ingest.replay;

import java.util.function.BooleanSupplier;

/** What is to be replayed, as the settings say. */
public final class ReplayProgramme {

    static final String BITSTAMP = "bitstamp-2013";

    private final ReplayProperties settings;
    private final Replay replay;
    private final RecordedFile files;

    ReplayProgramme(ReplayProperties settings, Replay replay, RecordedFile files) {
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
        Recording recording =
                settings.recording().equals(BITSTAMP) ? RecordedTrades.bitstamp2013() : files.read(settings);
        return replay.play(
                recording, Speed.of(settings.speed()), settings.times(), settings.historyUntil(recording), stopping);
    }
}
