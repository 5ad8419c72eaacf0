package io.mlpool.serving.alert.rule;

import io.mlpool.model.Horizon;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a rule watches: a figure of a subject, and the bound beyond which it is worth telling. */
public sealed interface Condition {

    /** Whether a figure of this value is beyond the bound. */
    boolean holds(double value);

    /** What was found in words, without the subject: {@code risk score 83.2, 80 or more}. */
    String words(double value);

    /** Whether the figure can be told for times that are gone. */
    default boolean hasPast() {
        return true;
    }

    /** The newest score of the champion is this high. */
    record RiskLevel(String model, double atLeast) implements Condition {
        public RiskLevel {
            new Demands()
                    .present("model", model)
                    .between("at_least", atLeast, 0, 100)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value >= atLeast;
        }

        @Override
        public String words(double value) {
            return "%s score %s, %s or more".formatted(model, number(value), number(atLeast));
        }
    }

    /** The score rose by so many points, by the same version, from what it was this long ago. */
    record RiskChange(String model, double byAtLeast, Span within) implements Condition {
        public RiskChange {
            new Demands()
                    .present("model", model)
                    .that(byAtLeast > 0 && byAtLeast <= 100, "by_at_least must be above 0, up to 100", byAtLeast)
                    .upTo("within", within, "30d")
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value >= byAtLeast;
        }

        @Override
        public String words(double value) {
            return "%s score up by %s within %s, %s or more".formatted(model, number(value), within, number(byAtLeast));
        }
    }

    /** The highest grade of an anomaly that was found in the last so many minutes or hours. */
    record AnomalyGrade(
            double grade,
            Span within,
            @Nullable String interval,
            @Nullable String detector) implements Condition {
        public AnomalyGrade {
            new Demands()
                    .that(grade > 0 && grade <= 1, "grade must be above 0, up to 1", grade)
                    .upTo("within", within, "7d")
                    .anyInterval(interval)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value >= grade;
        }

        @Override
        public String words(double value) {
            return "anomaly of grade %s within %s, %s or more".formatted(number(value), within, number(grade));
        }
    }

    /** So many anomalies of at least this grade were found within a span. */
    record AnomalyCount(
            int count,
            double grade,
            Span within,
            @Nullable String interval,
            @Nullable String detector) implements Condition {
        public AnomalyCount {
            new Demands()
                    .between("count", count, 1, 1_000_000)
                    .that(grade > 0 && grade <= 1, "grade must be above 0, up to 1", grade)
                    .upTo("within", within, "7d")
                    .anyInterval(interval)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value >= count;
        }

        @Override
        public String words(double value) {
            return "%s anomalies within %s, %d or more".formatted(number(value), within, count);
        }
    }

    /** The share of outcomes between the outer quantiles, over the last forecasts that were scored, has left a band. */
    record Coverage(
            Horizon horizon,
            int forecasts,
            double atLeast,
            double atMost,
            @Nullable String interval,
            @Nullable String model)
            implements Condition {
        public Coverage {
            new Demands()
                    .present("horizon", horizon)
                    .between("forecasts", forecasts, 30, 20_000)
                    .between("at_least", atLeast, 0, 1)
                    .between("at_most", atMost, 0, 1)
                    .anyInterval(interval)
                    .that(atLeast < atMost, "at_least must be below at_most", atLeast + " and " + atMost)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value < atLeast || value > atMost;
        }

        @Override
        public String words(double value) {
            return "coverage of the last %d forecasts %s, outside %s to %s"
                    .formatted(forecasts, number(value), number(atLeast), number(atMost));
        }
    }

    /** The error of the median, over the last forecasts that were scored, is so many times that of the naive forecast. */
    record ErrorRatio(
            Horizon horizon,
            int forecasts,
            double above,
            @Nullable String interval,
            @Nullable String model) implements Condition {
        public ErrorRatio {
            new Demands()
                    .present("horizon", horizon)
                    .between("forecasts", forecasts, 30, 20_000)
                    .between("above", above, 0.5, 100)
                    .anyInterval(interval)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value > above;
        }

        @Override
        public String words(double value) {
            return "error of the last %d forecasts %s times the naive one's, above %s"
                    .formatted(forecasts, number(value), number(above));
        }
    }

    /** The newest finished candle of a series closed longer ago than this; a series given up much longer ago says nothing. */
    record StaleData(String interval, Span olderThan, Span forgetAfter) implements Condition {
        public StaleData {
            new Demands()
                    .interval(interval)
                    .upTo("older_than", olderThan, "30d")
                    .upTo("forget_after", forgetAfter, "90d")
                    .that(
                            olderThan == null
                                    || forgetAfter == null
                                    || olderThan.duration().compareTo(forgetAfter.duration()) < 0,
                            "older_than must be shorter than forget_after",
                            olderThan + " and " + forgetAfter)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value > olderThan.seconds() && value <= forgetAfter.seconds();
        }

        @Override
        public String words(double value) {
            return "newest %s candle closed %d min ago, above %s".formatted(interval, (long) value / 60, olderThan);
        }
    }

    /** The champion was made longer ago than this. */
    record ModelAge(Span olderThan, @Nullable String model) implements Condition {
        public ModelAge {
            new Demands().present("older_than", olderThan).check();
        }

        @Override
        public boolean holds(double value) {
            return value > olderThan.seconds();
        }

        @Override
        public String words(double value) {
            return "the champion was made %s days ago, above %s".formatted(number(value / 86_400), olderThan);
        }

        @Override
        public boolean hasPast() {
            return false;
        }
    }

    /** No champion is live, of all models that forecast or of the one that is named. */
    record NoModel(@Nullable String model) implements Condition {

        @Override
        public boolean holds(double value) {
            return value < 1;
        }

        @Override
        public String words(double value) {
            return "no champion is live";
        }

        @Override
        public boolean hasPast() {
            return false;
        }
    }

    /** The median of the newest forecast is this far from the last price, as a share of it. */
    record ForecastMove(
            String interval,
            Horizon horizon,
            double atLeast,
            @Nullable Direction direction) implements Condition {
        public ForecastMove {
            new Demands()
                    .interval(interval)
                    .present("horizon", horizon)
                    .that(atLeast > 0 && atLeast <= 10, "at_least must be above 0, up to 10", atLeast)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return switch (direction) {
                case UP -> value >= atLeast;
                case DOWN -> value <= -atLeast;
                case null -> Math.abs(value) >= atLeast;
            };
        }

        @Override
        public String words(double value) {
            return "%s forecast moves %s %%, %s %% or more"
                    .formatted(horizon, number(100 * value), number(100 * atLeast));
        }
    }

    /** The newest forecast gives a rise a probability outside a band. */
    record ForecastProbability(String interval, Horizon horizon, double below, double above) implements Condition {
        public ForecastProbability {
            new Demands()
                    .interval(interval)
                    .present("horizon", horizon)
                    .between("below", below, 0, 1)
                    .between("above", above, 0, 1)
                    .that(below < above, "below must be less than above", below + " and " + above)
                    .check();
        }

        @Override
        public boolean holds(double value) {
            return value < below || value > above;
        }

        @Override
        public String words(double value) {
            return "probability of a rise within %s %s, outside %s to %s"
                    .formatted(horizon, number(value), number(below), number(above));
        }
    }

    /** Four digits say enough. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%.0f" : "%.4g", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
