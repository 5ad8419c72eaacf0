package io.mlpool.serving.anomalies;

import io.mlpool.serving.anomaly.DetectorSettings;
import io.mlpool.serving.anomaly.Finding;
import io.mlpool.serving.anomaly.StreamDetector;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A detector with what has to be stored of it: the state at its last checkpoint, and the points since then, from which it can be made
 * again exactly. Not for several threads.
 */
public final class Watched {

    /** A state is a hundred thousand bytes, a point is forty. */
    static final int MOST_POINTS = 24;

    private final StreamDetector detector;
    private final List<double[]> points = new ArrayList<>();

    private Watched(StreamDetector detector) {
        this.detector = detector;
    }

    static Watched fresh(DetectorSettings settings) {
        return new Watched(new StreamDetector(settings));
    }

    /** As it was stored. */
    public static Watched of(DetectorSettings settings, Stored stored) {
        byte[] checkpoint = stored.checkpoint();
        Watched watched = checkpoint == null ? fresh(settings) : new Watched(StreamDetector.of(settings, checkpoint));
        ByteBuffer numbers = ByteBuffer.wrap(stored.points());
        while (numbers.hasRemaining()) {
            double[] point = new double[settings.dimensions().size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = numbers.getDouble();
            }
            watched.see(point);
        }
        return watched;
    }

    /**
     * What is stored of a detector.
     *
     * @param scoredTo close time of the newest candle that it has seen
     * @param checkpoint its state; null: from the beginning, or as it was stored before
     * @param points that it has seen since then
     */
    public record Stored(String settings, Instant scoredTo, byte @Nullable [] checkpoint, byte[] points) {}

    /** All that the detector knows. */
    byte[] state() {
        return detector.state();
    }

    /** Shows the next point to the detector. */
    public Optional<Finding> see(double[] point) {
        points.add(point);
        return detector.next(point);
    }

    /**
     * What is to be stored now: a new checkpoint when there are many points since the last one.
     *
     * @param stagger 0 to 23, so that not all detectors write theirs in the same hour
     */
    public Stored stored(String settings, Instant scoredTo, int stagger) {
        if (points.size() < MOST_POINTS + stagger) {
            return new Stored(settings, scoredTo, null, bytes());
        }
        points.clear();
        return new Stored(settings, scoredTo, state(), new byte[0]);
    }

    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(
                points.stream().mapToInt(point -> point.length).sum() * Double.BYTES);
        points.forEach(point -> {
            for (double number : point) {
                bytes.putDouble(number);
            }
        });
        return bytes.array();
    }
}
