package io.mlpool.training.study;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.TrainingSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trial as it is shown.
 *
 * @param number counted from 0
 * @param candidate number of the trial that tries the same on the first fold; its own where trials are judged on all folds
 * @param fold the only one that it is judged on, counted from 0; absent where it is judged on all
 * @param runId its run, which tells the rest
 * @param state that of the run
 * @param hyperParameters that differ from the service's settings
 * @param learnFrom assets that it learns from; empty for all of the study
 * @param skill how much lower than the random walk's its quantile loss is on the folds, in percent; absent until it is over
 * @param error what went wrong, when it failed
 */
public record TrialView(
        int number,
        int candidate,
        @Nullable Integer fold,
        String runId,
        String state,
        Map<String, String> hyperParameters,
        List<String> learnFrom,
        long seed,
        @Nullable Double skill,
        @Nullable String error) {

    static TrialView of(ResultSet row) throws SQLException {
        TrainingSpec spec = RunJson.MAPPER.readValue(row.getString("request"), TrainingSpec.class);
        return new TrialView(
                row.getInt("trial"),
                row.getInt("candidate"),
                spec.fold().orElse(null),
                spec.runId(),
                row.getString("state"),
                spec.hyperParameters(),
                spec.learnFrom(),
                spec.seed(),
                row.getObject("skill", Double.class),
                row.getString("error"));
    }
}
