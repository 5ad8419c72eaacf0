package io.mlpool.serving.alert.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The figures that conditions are about, read as they stood at one or many times by one and the same statement: what a rule would have
 * told is what it tells.
 */
public final class Figures {

    /** Readings at a time, of all subjects and times together: some tens of megabytes. */
    public static final int MOST = 200_000;

    private final JdbcClient jdbc;
    private final Supplier<List<Champion>> champions;

    /** @param champions those that are live here now */
    public Figures(JdbcClient jdbc, Supplier<List<Champion>> champions) {
        this.jdbc = jdbc;
        this.champions = champions;
    }

    /**
     * Figures of all subjects of a rule; a subject of which nothing is known at a time has none for it.
     *
     * @param times in UTC; of the past only where {@link Condition#hasPast()}
     * @return empty when at the moment nobody can tell, and what was told before should stay
     * @throws TooManyReadingsException when there are more than {@link #MOST}
     */
    public Optional<List<Reading>> read(Rule rule, List<Instant> times) {
        Optional<List<Reading>> readings = read(rule.condition(), new Question(jdbc, rule, times));
        if (readings.isPresent() && readings.get().size() > MOST) {
            throw new TooManyReadingsException();
        }
        return readings;
    }

    private Optional<List<Reading>> read(Condition condition, Question question) {
        return switch (condition) {
            case Condition.RiskLevel level -> Optional.of(RiskFigures.level(level, question));
            case Condition.RiskChange change -> Optional.of(RiskFigures.change(change, question));
            case Condition.AnomalyGrade grade -> Optional.of(AnomalyFigures.highest(grade, question));
            case Condition.AnomalyCount count -> Optional.of(AnomalyFigures.number(count, question));
            case Condition.Coverage coverage -> Optional.of(ForecastFigures.coverage(coverage, question));
            case Condition.ErrorRatio ratio -> Optional.of(ForecastFigures.errorRatio(ratio, question));
            case Condition.StaleData stale -> Optional.of(CandleFigures.age(stale, question));
            case Condition.ForecastMove move -> Optional.of(ForecastFigures.move(move, question));
            case Condition.ForecastProbability probability ->
                Optional.of(ForecastFigures.probability(probability, question));
            case Condition.ModelAge age -> modelAge(age, question.times().getLast());
            case Condition.NoModel model ->
                Optional.of(noModel(model, question.times().getLast()));
        };
    }

    /** Without any champion, as while a service starts, nobody knows: what was said stays. */
    private Optional<List<Reading>> modelAge(Condition.ModelAge age, Instant now) {
        List<Reading> readings = new ArrayList<>();
        List<Champion> live = champions.get();
        for (Champion champion : live) {
            if (age.model() == null || age.model().equals(champion.model())) {
                double old = Duration.between(champion.madeAt(), now).toSeconds();
                readings.add(new Reading(now, new Subject(Map.of("model", champion.model())), old));
            }
        }
        return live.isEmpty() ? Optional.empty() : Optional.of(readings);
    }

    private List<Reading> noModel(Condition.NoModel model, Instant now) {
        long live = champions.get().stream()
                .filter(champion -> model.model() == null
                        ? champion.forecasts()
                        : model.model().equals(champion.model()))
                .count();
        String which = model.model() == null ? "any" : model.model();
        return List.of(new Reading(now, new Subject(Map.of("model", which)), live));
    }

    /** More than should lie in memory at once. */
    public static final class TooManyReadingsException extends RuntimeException {

        TooManyReadingsException() {
            super("there are more than %d figures".formatted(MOST));
        }
    }
}
