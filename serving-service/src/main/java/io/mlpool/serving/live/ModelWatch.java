package io.mlpool.serving.live;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps the slots at what the registry's aliases say: looks, and where an alias moved loads, proves, warms and swaps. A
 * version that is broken leaves the one before in its slot, and so does a registry that does not answer.
 */
public final class ModelWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    private final ModelRegistry registry;
    private final ModelLoading loading;
    private final LiveModels live;
    private final LiveProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<Slot, Rejection> rejections = new ConcurrentHashMap<>();
    private volatile String registryTrouble = "";

    ModelWatch(
            ModelRegistry registry,
            ModelLoading loading,
            LiveModels live,
            LiveProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registry = registry;
        this.loading = loading;
        this.live = live;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** Looks once. */
    @Scheduled(fixedDelayString = "${mlpool.live.poll-interval:1s}")
    synchronized void look() {
        String trouble = "";
        boolean changed = false;
        try {
            for (Slot slot : slots()) {
                try {
                    changed |= follow(slot);
                } catch (RuntimeException e) {
                    trouble = "%s: %s".formatted(slot, e.getMessage());
                }
            }
        } catch (RuntimeException e) {
            trouble = String.valueOf(e.getMessage());
        }
        note(trouble);
        if (changed) {
            events.publishEvent(new ModelsChanged());
        }
    }

    /** Looks now, and tries again what was broken before. */
    public synchronized void reload() {
        rejections.clear();
        look();
    }

    /** What an alias asks for and does not get. */
    public List<Rejection> rejections() {
        return List.copyOf(rejections.values());
    }

    /** Why the registry could not be read at the last look; empty when it could. */
    public String registryTrouble() {
        return registryTrouble;
    }

    /** The slots of the registry's models and those that are taken, should a model have gone. */
    private List<Slot> slots() {
        return Stream.concat(registry.models().stream(), live.all().stream().map(model -> model.slot()
                        .model()))
                .filter(model -> model.startsWith(properties.prefix()))
                .distinct()
                .flatMap(model -> Stream.of(Alias.values()).map(alias -> new Slot(model, alias)))
                .toList();
    }

    private boolean follow(Slot slot) {
        Optional<ModelVersion> wanted = registry.find(slot.model(), slot.alias());
        Optional<LiveModel> there = live.find(slot);
        if (wanted.isEmpty()) {
            rejections.remove(slot);
            there.ifPresent(model -> empty(slot, model));
            return there.isPresent();
        }
        boolean same = there.filter(
                        model -> model.version().version() == wanted.get().version())
                .isPresent();
        if (same) {
            rejections.remove(slot);
        }
        return !same && !isLeftAlone(slot, wanted.get()) && bringIn(slot, wanted.get());
    }

    private boolean isLeftAlone(Slot slot, ModelVersion wanted) {
        Rejection rejection = rejections.get(slot);
        return rejection != null
                && rejection.version() == wanted.version()
                && clock.instant().isBefore(rejection.at().plus(properties.retryBroken()));
    }

    private boolean bringIn(Slot slot, ModelVersion version) {
        try {
            live.swapIn(loading.load(slot, version));
            rejections.remove(slot);
            LOG.info("{} is live with version {}", slot, version.version());
            return true;
        } catch (BrokenBundleException e) {
            reject(slot, version, e);
            return false;
        }
    }

    private void reject(Slot slot, ModelVersion version, BrokenBundleException e) {
        Instant now = clock.instant();
        rejections.put(slot, new Rejection(slot, version.version(), String.valueOf(e.getMessage()), now));
        LOG.error(
                "{} stays {}, version {} cannot go live: {}",
                slot,
                live.find(slot)
                        .map(model -> "with version " + model.version().version())
                        .orElse("empty"),
                version.version(),
                e.getMessage());
    }

    private void empty(Slot slot, LiveModel model) {
        live.takeOut(slot);
        LOG.info(
                "{} is empty, version {} left with its alias",
                slot,
                model.version().version());
    }

    private void note(String trouble) {
        if (!trouble.isEmpty() && !trouble.equals(registryTrouble)) {
            LOG.error("The registry cannot be read, what is live stays live: {}", trouble);
        }
        registryTrouble = trouble;
    }
}
