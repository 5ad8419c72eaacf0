package io.mlpool.training.trees;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Answers with XGBoost's arithmetic. Its memory is freed when the forecaster is forgotten. */
final class TreesForecaster implements Forecaster {

    private final ForecastShape shape;
    private final WindowColumns columns;
    private final List<HorizonTrees> horizons;
    private final List<List<Booster>> boosters = new ArrayList<>();

    TreesForecaster(ForecastShape shape, WindowColumns columns, List<HorizonTrees> horizons) throws XGBoostError {
        this.shape = shape;
        this.columns = columns;
        this.horizons = horizons;
        for (HorizonTrees one : horizons) {
            List<Booster> levels = new ArrayList<>();
            for (byte[] trees : one.models()) {
                levels.add(Boosting.opened(trees));
            }
            boosters.add(levels);
        }
    }

    @Override
    public ForecastShape shape() {
        return shape;
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] rows = new float[count * columns.count()];
        for (int i = 0; i < count; i++) {
            columns.copyRow(windows, i * columns.windowSize(), rows, i * columns.count());
        }
        float[] answers = new float[count * shape.size()];
        try {
            DMatrix matrix = new DMatrix(rows, count, columns.count(), Float.NaN);
            try {
                for (int h = 0; h < horizons.size(); h++) {
                    answer(matrix, h, answers);
                }
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot forecast: " + e.getMessage(), e);
        }
        return answers;
    }

    private void answer(DMatrix matrix, int horizon, float[] answers) throws XGBoostError {
        HorizonTrees trees = horizons.get(horizon);
        int levels = trees.start().length;
        for (int level = 0; level < levels; level++) {
            int first = horizon * levels + level;
            // XGBoost takes no rounds for all rounds.
            float[][] said = trees.best() == 0
                    ? new float[0][]
                    : boosters.get(horizon).get(level).predict(matrix, true, trees.best());
            for (int i = 0; i < answers.length / shape.size(); i++) {
                answers[i * shape.size() + first] = said.length == 0 ? trees.start()[level] : said[i][0];
            }
        }
        for (int i = 0; i < answers.length / shape.size(); i++) {
            int from = i * shape.size() + horizon * levels;
            Arrays.sort(answers, from, from + levels);
        }
    }
}
