package io.mlpool.training.report;

import java.util.List;
import java.util.Map;

/** How much better than the random walk each model of a backtest was, in the order of time. */
final class SkillPlot {

    private SkillPlot() {}

    static String draw(List<BacktestFold> folds) {
        Rows skills = new Rows("horizon", "time", "skill");
        for (BacktestFold fold : folds) {
            int position = 0;
            for (BacktestFold.Score score : fold.horizons()) {
                String panel = Plot.panel(position++, score.horizon() + " ahead");
                if (score.forecasts() > 0) {
                    skills.add(panel, fold.from().toEpochMilli(), score.skillVsNaive());
                }
            }
        }
        Map<String, Object> mapping = Map.of("x", "time", "y", "skill");
        return new Plot(
                        "Skill over time",
                        "Each point is a model: how much lower than the random walk's its loss was until the next one was made",
                        960,
                        120 + 170 * folds.getFirst().horizons().size())
                .axes("When the model was made (UTC)", "Skill, %")
                .reference("hline", Map.of("yintercept", 0, "size", 0.5))
                .layer("line", skills, mapping, Map.of("size", 0.7, "color", Plot.BLUE))
                .layer("point", skills, mapping, Map.of("size", 2.4, "color", Plot.BLUE))
                .scale("x", Map.of("datetime", true, "format", "%d %b %y"))
                .facets(Map.of("name", "grid", "y", "horizon", "scales", "free_y"))
                .svg("skill-over-time");
    }
}
