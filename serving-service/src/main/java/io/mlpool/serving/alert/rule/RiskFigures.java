package io.mlpool.serving.alert.rule;

import java.util.List;

/** Scores of risk. */
final class RiskFigures {

    private RiskFigures() {}

    /** A score that was not renewed for three days says nothing any more. */
    static List<Reading> level(Condition.RiskLevel level, Question question) {
        return question.ask("""
                SELECT t.at, a.id AS asset, s.score AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN asset a
                CROSS JOIN LATERAL (SELECT score FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.variant = 'champion'
                      AND r.as_of <= t.at AND r.as_of > t.at - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC, r.version DESC LIMIT 1) s
                WHERE :assets::text[] IS NULL OR a.id = ANY (:assets::text[])
                """)
                .param("model", level.model())
                .query(Question.ofAssets(asset -> asset.with("model", level.model())))
                .list();
    }

    static List<Reading> change(Condition.RiskChange change, Question question) {
        return question.ask("""
                SELECT t.at, a.id AS asset, s.score - before.score AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN asset a
                CROSS JOIN LATERAL (SELECT score, version FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.variant = 'champion'
                      AND r.as_of <= t.at AND r.as_of > t.at - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC, r.version DESC LIMIT 1) s
                CROSS JOIN LATERAL (SELECT score FROM risk_score r
                    WHERE r.asset = a.id AND r.model = :model AND r.version = s.version
                      AND r.as_of <= t.at - make_interval(secs => :within)
                      AND r.as_of > t.at - make_interval(secs => :within) - interval '3 days' AND r.computed_at <= t.at
                    ORDER BY r.as_of DESC LIMIT 1) before
                WHERE :assets::text[] IS NULL OR a.id = ANY (:assets::text[])
                """)
                .param("model", change.model())
                .param("within", change.within().seconds())
                .query(Question.ofAssets(asset -> asset.with("model", change.model())))
                .list();
    }
}
