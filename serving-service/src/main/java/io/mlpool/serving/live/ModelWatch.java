package io.mlpool.serving.live;

import io.mlpool.registry.ModelRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps the slots at what the registry's aliases say: looks, and where an alias moved loads, proves, warms and swaps. A
 * version that is broken leaves the one before in its slot, and so does a registry that does not answer or has lost the model:
 * only an alias that was taken away empties a slot.
 */
public final class ModelWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

    private final ModelRegistry registry;
    private final ModelFamilies families;
    private final LastLive lastLive;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Rejections rejections;
    private final SlotKeeping slots;
    private volatile @Nullable Thread watching;
    private volatile boolean ended;
    private boolean recalled;
    private boolean remembered = true;
    private volatile Optional<RegistryTrouble> trouble = Optional.empty();

    ModelWatch(
            ModelRegistry registry,
            ModelFamilies families,
            Rejections rejections,
            LastLive lastLive,
            ApplicationEventPublisher events,
            Clock clock) {
        this.registry = registry;
        this.families = families;
        this.lastLive = lastLive;
        this.events = events;
        this.clock = clock;
        this.rejections = rejections;
        this.slots = new SlotKeeping(registry, families, rejections);
    }

    @Scheduled(fixedDelayString = "${mlpool.live.poll-interval:1s}")
    void watch() {
        watching = Thread.currentThread();
        if (!ended) {
            look();
        }
        watching = null;
    }

    /** A service that ends does not wait for a registry that does not answer. */
    @EventListener(ContextClosedEvent.class)
    void end() {
        ended = true;
        Thread looking = watching;
        if (looking != null) {
            looking.interrupt();
        }
    }

    private synchronized void look() {
        List<String> troubles = new ArrayList<>();
        boolean changed = false;
        try {
            Wanted wanted =
                    Wanted.by(registry.aliases(), model -> families.of(model).isPresent());
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
        if (!ended) {
            note(String.join("; ", troubles));
        }
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
        families.live().stream()
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
            return wanted.isPresent() ? slots.fill(slot, wanted.get(), trouble.isPresent()) : slots.empty(slot);
        } catch (RuntimeException e) {
            troubles.add("%s: %s".formatted(slot, e.getMessage()));
            return false;
        }
    }

    /** Once, at the first look: what was live before is better than nothing where the registry cannot give what it wants. */
    private boolean recall(Predicate<Slot> mayBeFilled, List<String> troubles) {
        if (recalled) {
            return false;
        }
        recalled = true;
        boolean changed = false;
        for (LastLive.Entry before : lastLive.recall()) {
            if (families.find(before.slot()).isEmpty() && mayBeFilled.test(before.slot())) {
                changed |= recall(before, troubles);
            }
        }
        return changed;
    }

    private boolean recall(LastLive.Entry before, List<String> troubles) {
        try {
            slots.begin(before.slot(), before.version());
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
            lastLive.remember(families.live());
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
