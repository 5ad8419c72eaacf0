package io.mlpool.training.risk.panel;

import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Daily rows of many assets with what came of them, by time and asset.
 *
 * @param event that the rows are about
 */
public record RiskPanel(RiskEvent event, List<RiskSample> samples) {

    public RiskPanel {
        samples = samples.stream()
                .sorted(Comparator.comparing(RiskSample::asOf)
                        .thenComparing(sample -> sample.row().asset()))
                .toList();
    }

    public int size() {
        return samples.size();
    }

    public boolean isEmpty() {
        return samples.isEmpty();
    }

    public List<RiskRow> rows() {
        return samples.stream().map(RiskSample::row).toList();
    }

    public boolean[] events() {
        boolean[] events = new boolean[samples.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = samples.get(i).event();
        }
        return events;
    }

    public long eventCount() {
        return samples.stream().filter(RiskSample::event).count();
    }

    /** Share of the rows with the event. */
    public double baseRate() {
        return eventCount() / (double) size();
    }

    /** In the order of their names. */
    public Set<String> assets() {
        Set<String> assets = new TreeSet<>();
        samples.forEach(sample -> assets.add(sample.row().asset()));
        return assets;
    }

    public Instant first() {
        return samples.getFirst().asOf();
    }

    public Instant last() {
        return samples.getLast().asOf();
    }

    /** When all that came of its rows was known: nothing later is in it. */
    public Instant knownBy() {
        return last().plus(event.horizon().duration());
    }

    public RiskPanel where(Predicate<RiskSample> wanted) {
        return new RiskPanel(event, samples.stream().filter(wanted).toList());
    }

    /** Rows from a time (inclusive) of which all that came was known by another. */
    public RiskPanel between(Instant from, Instant knownBy) {
        Instant last = knownBy.minus(event.horizon().duration());
        return where(sample -> !sample.asOf().isBefore(from) && !sample.asOf().isAfter(last));
    }

    /** SHA-256 of all that is learned from. */
    public String version() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (RiskSample sample : samples) {
                digest.update((sample.row().asset() + sample.asOf() + sample.event()).getBytes(StandardCharsets.UTF_8));
                ByteBuffer values =
                        ByteBuffer.allocate(Float.BYTES * sample.row().values().length);
                values.asFloatBuffer().put(sample.row().values());
                digest.update(values);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
