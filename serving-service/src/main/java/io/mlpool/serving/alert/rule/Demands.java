package io.mlpool.serving.alert.rule;

import io.mlpool.market.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a record, to say all of it at once. */
final class Demands {

    private final List<String> broken = new ArrayList<>();

    /** @param rule ends where what was found is added */
    Demands that(boolean holds, String rule, @Nullable Object found) {
        if (!holds) {
            broken.add("%s, found %s".formatted(rule, found));
        }
        return this;
    }

    Demands present(String name, @Nullable Object value) {
        if (value == null) {
            broken.add(name + " is required");
        }
        return this;
    }

    Demands between(String name, double value, double least, double most) {
        return that(value >= least && value <= most, "%s must be from %s to %s".formatted(name, least, most), value);
    }

    /** @param longest inclusive */
    Demands upTo(String name, @Nullable Span value, String longest) {
        Span most = Span.of(longest);
        return present(name, value)
                .that(
                        value == null || value.duration().compareTo(most.duration()) <= 0,
                        "%s must be at most %s".formatted(name, longest),
                        value);
    }

    Demands interval(@Nullable String label) {
        return present("interval", label).anyInterval(label);
    }

    /** Null stands for any. */
    Demands anyInterval(@Nullable String label) {
        boolean known = label == null
                || Stream.of(Interval.values()).anyMatch(one -> one.label().equals(label));
        return that(known, "interval must be one of " + Interval.labels(), label);
    }

    /** @throws IllegalArgumentException that says all that was broken */
    void check() {
        if (!broken.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", broken));
        }
    }
}
