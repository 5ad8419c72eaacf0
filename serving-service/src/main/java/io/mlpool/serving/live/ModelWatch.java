package io.mlpool.serving.live;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.UnknownVersionException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
    private final LastLive lastLive;
    private final LiveProperties properties;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Map<Slot, Rejection> rejections = new ConcurrentHashMap<>();
    private volatile String registryTrouble = "";

    ModelWatch(
            ModelRegistry registry,
            ModelLoading loading,
            LiveModels live,
            LastLive lastLive,
            LiveProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registry = registry;
        this.loading = loading;
        this.live = live;
        this.lastLive = lastLive;
        this.properties = properties;
        this.events = events;
        this.clock = clock;
    }

    /** Looks once. */
    @Scheduled(fixedDelayString = "${mlpool.live.poll-interval:1s}")
    synchronized void look() {
        List<String> troubles = new ArrayList<>();
        boolean changed;
        try {
            changed = follow(wanted(troubles), troubles);
        } catch (RuntimeException e) {
            troubles.add(String.valueOf(e.getMessage()));
            changed = recall();
        }
        note(String.join("; ", troubles));
        if (changed) {
            lastLive.remember(live.all());
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

    /** What the aliases ask for in each slot of the registry's models, and in those that are taken should a model have gone. */
    private Map<Slot, Optional<Integer>> wanted(List<String> troubles) {
        Map<Slot, Optional<Integer>> wanted = new LinkedHashMap<>();
        live.all().forEach(model -> wanted.put(model.slot(), Optional.empty()));
        registry.aliases().stream()
                .filter(model -> model.model().startsWith(properties.prefix()))
                .forEach(model -> {
                    for (Alias alias : Alias.values()) {
                        wanted.put(
                                new Slot(model.model(), alias),
                                Optional.ofNullable(model.targets().get(alias)));
                    }
                    model.unreadable().forEach((alias, why) -> {
                        wanted.remove(new Slot(model.model(), alias));
                        troubles.add("%s: %s".formatted(new Slot(model.model(), alias), why));
                    });
                });
        return wanted;
    }

    /** What goes wrong in one slot does not keep the others from following. */
    private boolean follow(Map<Slot, Optional<Integer>> wanted, List<String> troubles) {
        boolean changed = false;
        for (Map.Entry<Slot, Optional<Integer>> one : wanted.entrySet()) {
            try {
                changed |= follow(one.getKey(), one.getValue());
            } catch (RuntimeException e) {
                troubles.add("%s: %s".formatted(one.getKey(), e.getMessage()));
            }
        }
        return changed;
    }

    private boolean follow(Slot slot, Optional<Integer> wanted) {
        Optional<LiveModel> there = live.find(slot);
        if (wanted.isEmpty()) {
            rejections.remove(slot);
            there.ifPresent(model -> empty(slot, model));
            return there.isPresent();
        }
        int version = wanted.get();
        if (there.filter(model -> model.version().version() == version).isPresent()) {
            rejections.remove(slot);
            return false;
        }
        return !isLeftAlone(slot, version)
                && bringIn(
                        slot,
                        registry.find(slot.model(), version)
                                .orElseThrow(() -> new UnknownVersionException(slot.model(), version)));
    }

    /** A registry that has not been seen since the start cannot say what is to be live; what was live before is better than nothing. */
    private boolean recall() {
        boolean changed = false;
        for (LastLive.Entry before : lastLive.recall()) {
            changed |= live.find(before.slot()).isEmpty()
                    && !isLeftAlone(before.slot(), before.version().version())
                    && bringIn(before.slot(), before.version());
        }
        return changed;
    }

    private boolean isLeftAlone(Slot slot, int version) {
        Rejection rejection = rejections.get(slot);
        return rejection != null
                && rejection.version() == version
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
