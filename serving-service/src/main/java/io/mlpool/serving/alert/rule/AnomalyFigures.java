package io.mlpool.serving.alert.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Anomalies that were found. */
final class AnomalyFigures {

    private AnomalyFigures() {}

    static List<Reading> highest(Condition.AnomalyGrade grade, Question question) {
        return found("max(grade)", 0, grade.within(), grade.interval(), grade.detector(), question);
    }

    static List<Reading> number(Condition.AnomalyCount count, Question question) {
        return found("count(*)", count.grade(), count.within(), count.interval(), count.detector(), question);
    }

    /** By when it was found, for it may be found late; what lies a day further back is no news, such as after a new detector's first look. */
    private static List<Reading> found(
            String figure,
            double grade,
            Span within,
            @Nullable String interval,
            @Nullable String detector,
            Question question) {
        return question.ask("""
                SELECT t.at, a.asset, %s AS value
                FROM unnest(:times::timestamptz[]) t (at)
                JOIN anomaly a ON a.found_at <= t.at AND a.found_at > t.at - make_interval(secs => :within)
                  AND a.at > t.at - make_interval(secs => :within) - interval '1 day' AND a.at <= t.at
                WHERE a.grade >= :grade AND (:interval::text IS NULL OR a.interval = :interval)
                  AND (:detector::text IS NULL OR a.detector = :detector)
                  AND (:assets::text[] IS NULL OR a.asset = ANY (:assets::text[]))
                GROUP BY t.at, a.asset
                """.formatted(figure))
                .param("grade", grade)
                .param("within", within.seconds())
                .param("interval", interval)
                .param("detector", detector)
                .query(Question.ofAssets(
                        asset -> asset.with("interval", interval).with("detector", detector)))
                .list();
    }
}
