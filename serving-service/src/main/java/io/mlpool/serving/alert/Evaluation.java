package io.mlpool.serving.alert;

import io.mlpool.serving.alert.delivery.Outbox;
import io.mlpool.serving.alert.rule.Figures;
import io.mlpool.serving.alert.rule.Reading;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.rule.Subject;
import io.mlpool.serving.alert.state.Alert;
import io.mlpool.serving.alert.state.AlertState;
import io.mlpool.serving.alert.state.AlertStore;
import io.mlpool.serving.alert.state.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at all rules: reads their figures, finds which alerts begin, fire or end by that, and writes this together with what receivers
 * have to be told. A rule is one transaction, so that whoever is killed leaves it as it was before or after; and the next look, of
 * whichever replica, goes on from there.
 */
final class Evaluation {

    private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

    private final RuleStore rules;
    private final Figures figures;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Evaluation(
            RuleStore rules,
            Figures figures,
            AlertStore alerts,
            Outbox outbox,
            TransactionTemplate transaction,
            Clock clock) {
        this.rules = rules;
        this.figures = figures;
        this.alerts = alerts;
        this.outbox = outbox;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** One rule that cannot be evaluated keeps none of the others from it; its alerts stay as they are. */
    void run() {
        List<String> all = rules.names();
        RuntimeException first = null;
        for (String name : all) {
            try {
                rules.find(name).map(RuleStore.Kept::rule).ifPresent(this::evaluate);
            } catch (RuntimeException e) {
                LOG.warn("The rule {} cannot be evaluated, its alerts stay as they are: {}", name, e.toString());
                first = first == null ? e : first;
            }
        }
        resolveWithoutRule(all);
        if (first != null) {
            throw first;
        }
    }

    private void evaluate(Rule rule) {
        transaction.executeWithoutResult(status -> {
            alerts.lock();
            Instant now = clock.instant();
            Optional<List<Reading>> read = rule.enabled() ? figures.read(rule, List.of(now)) : Optional.of(List.of());
            read.ifPresent(readings -> compare(rule, holding(rule, readings), now));
        });
    }

    private static Map<String, Reading> holding(Rule rule, List<Reading> readings) {
        return readings.stream()
                .filter(reading -> rule.condition().holds(reading.value()))
                .collect(Collectors.toMap(
                        reading -> reading.subject().key(), reading -> reading, (a, b) -> a, LinkedHashMap::new));
    }

    private void compare(Rule rule, Map<String, Reading> holding, Instant now) {
        Map<String, Alert> known = alerts.of(rule.name(), holding.keySet()).stream()
                .collect(Collectors.toMap(Alert::subject, alert -> alert));
        List<Alert> changed = new ArrayList<>();
        List<Alert> staying = new ArrayList<>();
        Set<String> subjects = new TreeSet<>(known.keySet());
        subjects.addAll(holding.keySet());
        for (String subject : subjects) {
            Alert before = known.get(subject);
            Reading reading = holding.get(subject);
            Standing standing = before == null ? null : before.standing();
            Standing next = Standing.next(standing, reading != null, now, rule.holdsFor());
            Alert alert = reading == null ? before : about(rule, reading, before);
            if (next != null && alert != null) {
                boolean stays = next.equals(standing);
                (stays ? staying : changed).add(stays ? alert : alert.after(next));
            }
        }
        outbox.add(alerts.change(changed));
        alerts.renew(staying);
    }

    /** What there is to tell now. Severity and labels are written with the next change of state: receivers that were told by these are told the end. */
    private static Alert about(Rule rule, Reading reading, @Nullable Alert before) {
        Subject subject = reading.subject();
        Standing standing = new Standing(AlertState.PENDING, reading.at(), null, reading.at());
        return new Alert(
                Alert.id(rule.name(), subject.key()),
                rule.name(),
                subject.key(),
                subject.asset(),
                rule.severity(),
                rule.labelsOf(subject),
                before == null ? standing : before.standing(),
                reading.value(),
                subject.words() + ": " + rule.condition().words(reading.value()),
                before == null ? 0 : before.sequence());
    }

    /** Of rules that were removed meanwhile. */
    private void resolveWithoutRule(List<String> all) {
        alerts.openRules().stream().filter(rule -> !all.contains(rule)).forEach(this::resolve);
    }

    private void resolve(String gone) {
        transaction.executeWithoutResult(status -> {
            alerts.lock();
            if (!rules.names().contains(gone)) {
                Instant now = clock.instant();
                List<Alert> resolved = new ArrayList<>();
                for (Alert alert : alerts.of(gone, Set.of())) {
                    Standing next = Standing.next(alert.standing(), false, now, Duration.ZERO);
                    resolved.add(alert.after(Objects.requireNonNull(next)));
                }
                outbox.add(alerts.change(resolved));
            }
        });
    }
}
