package io.mlpool.serving.alert.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** How long to wait after an attempt that failed: twice as long each time, spread so that not all come back at once. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_ASKED = Duration.ofHours(12);
    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Until the next attempt.
     *
     * @param attempts so far
     * @param asked what the receiver asks for, which counts when it is longer, up to half a day
     */
    Duration after(int attempts, @Nullable Duration asked) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        Duration longest = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        Duration spread = longest.dividedBy(2).plusMillis(random.nextLong(longest.toMillis() / 2 + 1));
        if (asked == null) {
            return spread;
        }
        Duration heard = asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED;
        return heard.compareTo(spread) > 0 ? heard : spread;
    }
}
