package io.mlpool.training.risk.fit;

import io.mlpool.risk.Isotonic;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSplit;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said of rows by trees that had seen nothing of them.
 *
 * @param said of each split, margins without corrections and after every {@link RiskTrees#STEP} of them
 * @param judged rows of each split
 */
record WalkForward(List<List<double[]>> said, List<RiskPanel> judged) {

    static WalkForward of(RiskTrees trees, List<RiskSplit> splits) {
        return new WalkForward(
                splits.stream().map(trees::margins).toList(),
                splits.stream().map(RiskSplit::judged).toList());
    }

    /** How many corrections have the least log loss, mean over the splits: a crash in one of them does not decide alone. */
    int bestCount() {
        int best = 0;
        for (int step = 1; step < said.getFirst().size(); step++) {
            best = loss(step) < loss(best) ? step : best;
        }
        return best * RiskTrees.STEP;
    }

    /** What margins with so many corrections mean, for rows of which a given share has the event. */
    Isotonic calibration(int count, double baseRate) {
        List<Double> margins = new ArrayList<>();
        List<Boolean> events = new ArrayList<>();
        for (int i = 0; i < judged.size(); i++) {
            for (double margin : said.get(i).get(count / RiskTrees.STEP)) {
                margins.add(margin);
            }
            judged.get(i).samples().forEach(sample -> events.add(sample.event()));
        }
        return new IsotonicFit(baseRate, judged.getFirst().event().days()).of(margins, events);
    }

    private double loss(int step) {
        double sum = 0;
        for (int i = 0; i < judged.size(); i++) {
            double[] margins = said.get(i).get(step);
            boolean[] events = judged.get(i).events();
            double losses = 0;
            for (int row = 0; row < events.length; row++) {
                losses += Math.log1p(Math.exp(events[row] ? -margins[row] : margins[row]));
            }
            sum += losses / events.length;
        }
        return sum;
    }
}
