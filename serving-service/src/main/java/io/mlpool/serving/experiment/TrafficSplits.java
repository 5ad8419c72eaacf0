package io.mlpool.serving.experiment;

import io.mlpool.registry.Alias;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import io.mlpool.threads.RepeatingThread;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Which arm answers whom, for requests: a look into memory, brought up to date every few seconds. While the database is away the arms stay as
 * they were.
 */
public final class TrafficSplits implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TrafficSplits.class);

    private final ExperimentStore experiments;
    private final LiveForecasters live;
    private final Duration pause;
    private final RepeatingThread thread = new RepeatingThread("experiments");
    private volatile Map<String, TrafficSplit> byModel = Map.of();
    private boolean failing;

    TrafficSplits(ExperimentStore experiments, LiveForecasters live, Duration pause) {
        this.experiments = experiments;
        this.live = live;
        this.pause = pause;
    }

    /**
     * Where the answer to a caller stands: in the challenger's slot when an experiment sends the caller there and both arms are live,
     * else in the champion's.
     */
    public Slot slot(HttpServletRequest request, Slot champion, @Nullable String asset) {
        Map<String, TrafficSplit> splits = byModel;
        if (splits.isEmpty()) {
            return champion;
        }
        TrafficSplit split = splits.get(champion.model());
        if (split == null || split.arm(Unit.of(request, asset).key()) == Arm.CONTROL) {
            return champion;
        }
        Slot challenger = new Slot(champion.model(), Alias.CHALLENGER);
        return isLive(champion, split.control()) && isLive(challenger, split.challenger()) ? challenger : champion;
    }

    /** The same for all questions of a request. */
    public Traffic of(HttpServletRequest request) {
        return (champion, asset) -> slot(request, champion, asset);
    }

    private boolean isLive(Slot slot, int version) {
        return live.find(slot)
                .filter(model -> model.version().version() == version)
                .isPresent();
    }

    /** Looks at the experiments now. */
    void refresh() {
        try {
            byModel = experiments.open().stream()
                    .filter(one -> one.state() == ExperimentState.RUNNING
                            && one.terms().mode() == Mode.SPLIT)
                    .map(TrafficSplit::of)
                    .collect(Collectors.toUnmodifiableMap(TrafficSplit::model, Function.identity()));
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !Thread.currentThread().isInterrupted()) {
                LOG.warn("Callers stay with the arms they have, experiments cannot be read: {}", e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public void start() {
        thread.start(this::refresh, Duration.ZERO, pause);
    }

    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }
}
