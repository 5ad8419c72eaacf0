package io.mlpool.serving.alert;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.rule.Figures;
import io.mlpool.serving.alert.rule.Reading;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.Subject;
import io.mlpool.serving.alert.state.AlertState;
import io.mlpool.serving.alert.state.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes a rule through the days behind, with the figures as they were then, and tells when it would have fired. */
final class DryRun {

    private static final int MOST_TIMES = 720;
    private static final int MOST_FIRINGS = 1000;
    private static final int AT_ONCE = 2;
    private static final Duration SHORTEST_STEP = Duration.ofMinutes(1);

    private final Figures figures;
    private final TransactionTemplate shortQuestion;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param shortQuestion a transaction that only reads, and has a timeout */
    DryRun(Figures figures, TransactionTemplate shortQuestion, Clock clock) {
        this.figures = figures;
        this.shortQuestion = shortQuestion;
        this.clock = clock;
    }

    /**
     * What a rule would have told.
     *
     * @param stepSeconds between two looks
     * @param subjects that there were figures of
     * @param fired how often it would have fired, over all subjects
     * @param firings the first thousand, oldest first
     */
    record Result(Instant from, Instant to, long stepSeconds, int subjects, int fired, List<Firing> firings) {}

    /**
     * Once that it would have fired.
     *
     * @param resolvedAt null when it still would
     */
    record Firing(
            Map<String, String> subject,
            Instant since,
            Instant firedAt,
            @Nullable Instant resolvedAt,
            double value,
            String summary) {}

    /**
     * Looks back from now.
     *
     * @throws InvalidRequestException when nothing is kept of what the condition is about
     * @throws RefusedException when it takes too long, or others look back too
     */
    Result of(Rule rule, int days) {
        if (!rule.condition().hasPast()) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "condition", "type"),
                    "Value error, which models were live is not kept: this kind has no dry run",
                    null);
        }
        if (!places.tryAcquire()) {
            throw RefusedException.tooMany("others look back at this moment", Duration.ofSeconds(5));
        }
        try {
            return lookBack(rule, times(Duration.ofDays(days)));
        } catch (Figures.TooManyReadingsException _) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "assets"),
                    "Value error, %d times of all these are more than %d figures: name some assets, %d at most are sure to do"
                            .formatted(MOST_TIMES, Figures.MOST, Figures.MOST / MOST_TIMES),
                    null);
        } catch (QueryTimeoutException | DataAccessResourceFailureException | TransactionTimedOutException _) {
            throw RefusedException.unavailable(
                    "this takes too long: ask for fewer days, assets or forecasts", Duration.ofSeconds(30));
        } finally {
            places.release();
        }
    }

    private List<Instant> times(Duration span) {
        Duration step = span.dividedBy(MOST_TIMES).compareTo(SHORTEST_STEP) < 0
                ? SHORTEST_STEP
                : Duration.ofSeconds(Math.ceilDiv(span.toSeconds(), MOST_TIMES));
        Instant now = clock.instant();
        long steps = span.dividedBy(step);
        return LongStream.rangeClosed(1, steps)
                .mapToObj(i -> now.minus(step.multipliedBy(steps - i)))
                .toList();
    }

    private Result lookBack(Rule rule, List<Instant> times) {
        List<Reading> readings =
                shortQuestion.execute(status -> figures.read(rule, times).orElse(List.of()));
        Map<Subject, Map<Instant, Double>> bySubject = new HashMap<>();
        for (Reading reading : readings == null ? List.<Reading>of() : readings) {
            bySubject
                    .computeIfAbsent(reading.subject(), subject -> new HashMap<>())
                    .put(reading.at(), reading.value());
        }
        List<Firing> firings = new ArrayList<>();
        bySubject.forEach((subject, values) -> firings.addAll(live(rule, subject, values, times)));
        firings.sort(Comparator.comparing(Firing::firedAt)
                .thenComparing(firing -> firing.subject().toString()));
        return new Result(
                times.getFirst(),
                times.getLast(),
                Duration.between(times.getFirst(), times.get(1)).toSeconds(),
                bySubject.size(),
                firings.size(),
                firings.subList(0, Math.min(MOST_FIRINGS, firings.size())));
    }

    private static List<Firing> live(Rule rule, Subject subject, Map<Instant, Double> values, List<Instant> times) {
        List<Firing> firings = new ArrayList<>();
        Standing standing = null;
        Firing firing = null;
        for (Instant time : times) {
            Double value = values.get(time);
            boolean holds = value != null && rule.condition().holds(value);
            Standing next = Standing.next(standing, holds, time, rule.holdsFor());
            if (next != null && !next.equals(standing)) {
                if (next.state() == AlertState.FIRING && value != null) {
                    firing = begun(rule, subject, next, time, value);
                } else if (firing != null) {
                    firings.add(ended(firing, time));
                    firing = null;
                }
            }
            standing = next;
        }
        if (firing != null) {
            firings.add(firing);
        }
        return firings;
    }

    private static Firing begun(Rule rule, Subject subject, Standing standing, Instant time, double value) {
        String summary = subject.words() + ": " + rule.condition().words(value);
        return new Firing(new TreeMap<>(subject.labels()), standing.since(), time, null, value, summary);
    }

    private static Firing ended(Firing firing, Instant time) {
        return new Firing(firing.subject(), firing.since(), firing.firedAt(), time, firing.value(), firing.summary());
    }
}
