package io.mlpool.serving.live;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.UnknownVersionException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps the slots at what the registry's aliases say: looks, and where an alias moved loads, proves, warms and swaps. A
 * version that is broken leaves the one before in its slot, and so does a registry that does not answer or has lost the model:
 * only an alias that was taken away empties a slot.
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
    private final Rejections rejections;
    private boolean recalled;
    private boolean remembered = true;
    private volatile Optional<RegistryTrouble> trouble = Optional.empty();

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
        this.rejections = new Rejections(clock, properties.retryBroken());
    }

    /** Looks once. */
    @Scheduled(fixedDelayString = "${mlpool.live.poll-interval:1s}")
    synchronized void look() {
        List<String> troubles = new ArrayList<>();
        boolean changed = false;
        try {
            Wanted wanted = Wanted.by(registry.aliases(), properties.prefix());
            troubles.addAll(wanted.unreadable());
            tellLost(wanted, troubles);
            changed = follow(wanted, troubles);
            remembered &= !changed;
            changed |= recall(wanted::isFilled, troubles);
        } catch (RuntimeException e) {
            troubles.add(String.valueOf(e.getMessage()));
            changed |= recall(slot -> true, troubles);
        }
        if (changed) {
            events.publishEvent(new ModelsChanged());
        }
        remember(troubles);
        note(String.join("; ", troubles));
    }

    /** Looks now, and tries again what was broken before. */
    public synchronized void reload() {
        rejections.clear();
        look();
    }

    /** What an alias asks for and does not get. */
    public List<Rejection> rejections() {
        return rejections.all();
    }

    /** Why not all that the registry says could be followed at the last look; empty when it could. */
    Optional<RegistryTrouble> trouble() {
        return trouble;
    }

    /** A registry that lost its database, or whose folder is not mounted, knows no models either. */
    private void tellLost(Wanted wanted, List<String> troubles) {
        live.all().stream()
                .filter(model -> !wanted.knows(model.slot()))
                .forEach(model -> troubles.add(
                        "%s has gone from the registry: version %d stays live until the model is registered again or this service starts again"
                                .formatted(model.slot(), model.version().version())));
    }

    private boolean follow(Wanted wanted, List<String> troubles) {
        boolean changed = false;
        for (Map.Entry<Slot, Optional<Integer>> one : wanted.slots().entrySet()) {
            changed |= follow(one.getKey(), one.getValue(), troubles);
        }
        return changed;
    }

    /** What goes wrong in one slot does not keep the others from following. */
    private boolean follow(Slot slot, Optional<Integer> wanted, List<String> troubles) {
        try {
            return wanted.isPresent() ? fill(slot, wanted.get()) : empty(slot);
        } catch (RuntimeException e) {
            troubles.add("%s: %s".formatted(slot, e.getMessage()));
            return false;
        }
    }

    private boolean fill(Slot slot, int version) {
        if (live.find(slot).filter(model -> isStill(model.version(), version)).isPresent()) {
            rejections.forget(slot);
            return false;
        }
        return !rejections.isLeftAlone(slot, version) && bringIn(slot, registered(slot, version));
    }

    /** A registry that was away may come back as another one that counts its versions anew. */
    private boolean isStill(ModelVersion version, int wanted) {
        return version.version() == wanted
                && (trouble.isEmpty()
                        || registry.find(version.model(), wanted)
                                .filter(found -> found.runId().equals(version.runId())
                                        && found.createdAt().equals(version.createdAt()))
                                .isPresent());
    }

    private ModelVersion registered(Slot slot, int version) {
        return registry.find(slot.model(), version)
                .orElseThrow(() -> new UnknownVersionException(slot.model(), version));
    }

    private boolean bringIn(Slot slot, ModelVersion version) {
        try {
            goLive(slot, version);
            rejections.forget(slot);
            return true;
        } catch (BrokenBundleException e) {
            rejections.add(slot, version, String.valueOf(e.getMessage()));
            LOG.error(
                    "{} stays {}, version {} cannot go live: {}",
                    slot,
                    live.find(slot)
                            .map(model -> "with version " + model.version().version())
                            .orElse("empty"),
                    version.version(),
                    e.getMessage());
            return false;
        }
    }

    private void goLive(Slot slot, ModelVersion version) {
        live.swapIn(loading.load(slot, version));
        LOG.info("{} is live with version {}", slot, version.version());
    }

    private boolean empty(Slot slot) {
        rejections.forget(slot);
        Optional<LiveModel> there = live.find(slot);
        there.ifPresent(model -> {
            live.takeOut(slot);
            LOG.info(
                    "{} is empty, version {} left with its alias",
                    slot,
                    model.version().version());
        });
        return there.isPresent();
    }

    /** Once, at the first look: what was live before is better than nothing where the registry cannot give what it wants. */
    private boolean recall(Predicate<Slot> mayBeFilled, List<String> troubles) {
        if (recalled) {
            return false;
        }
        recalled = true;
        boolean changed = false;
        for (LastLive.Entry before : lastLive.recall()) {
            if (live.find(before.slot()).isEmpty() && mayBeFilled.test(before.slot())) {
                changed |= recall(before, troubles);
            }
        }
        return changed;
    }

    private boolean recall(LastLive.Entry before, List<String> troubles) {
        try {
            goLive(before.slot(), before.version());
            return true;
        } catch (RuntimeException e) {
            troubles.add("%s does not begin with version %d, which was live last: %s"
                    .formatted(before.slot(), before.version().version(), e.getMessage()));
            return false;
        }
    }

    /** What was recalled is not noted: it may be a part of what is noted there. */
    private void remember(List<String> troubles) {
        if (remembered) {
            return;
        }
        try {
            lastLive.remember(live.all());
            remembered = true;
        } catch (UncheckedIOException e) {
            troubles.add(String.valueOf(e.getMessage()));
        }
    }

    private void note(String what) {
        Optional<RegistryTrouble> before = trouble;
        if (what.isEmpty()) {
            trouble = Optional.empty();
            before.ifPresent(over -> LOG.info("The registry is followed again, it was not since {}", over.since()));
        } else {
            trouble = Optional.of(
                    new RegistryTrouble(what, before.map(RegistryTrouble::since).orElseGet(clock::instant)));
            if (before.filter(known -> known.what().equals(what)).isEmpty()) {
                LOG.error("The registry cannot be followed, what is live stays live: {}", what);
            }
        }
    }
}
