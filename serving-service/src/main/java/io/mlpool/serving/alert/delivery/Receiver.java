package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.silence.Matcher;
import io.mlpool.serving.alert.state.AlertEvent;
import java.time.Duration;
import java.util.List;

/**
 * Who is told.
 *
 * @param severity the mildest that it is told of
 * @param match labels that it is told of, all of them
 * @param concurrency attempts at a time, of each replica
 * @param lease after which an attempt that nobody finished is taken for dead: longer than one can take
 */
record Receiver(
        String name,
        Channel channel,
        Severity severity,
        List<Matcher> match,
        Grouping grouping,
        int concurrency,
        Duration lease) {

    Receiver {
        match = List.copyOf(match);
    }

    /**
     * How events are put together.
     *
     * @param by empty for all in one group
     * @param patience from the first event of a group until it is sent, so that others can join
     * @param interval between two notifications of a group, at least
     * @param repeat after which what still fires is told again
     */
    record Grouping(List<GroupLabel> by, Duration patience, Duration interval, Duration repeat) {

        Grouping {
            by = List.copyOf(by);
        }
    }

    boolean wants(AlertEvent event) {
        return event.severity().compareTo(severity) >= 0
                && match.stream().allMatch(matcher -> matcher.matches(event.labels()));
    }

    String group(AlertEvent event) {
        return GroupLabel.key(grouping.by(), event);
    }
}
