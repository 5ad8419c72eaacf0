package io.mlpool.risk;

import io.mlpool.model.BrokenBundleException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Real rows and what the model said of them when the bundle was made: whoever loads the bundle asks again and must hear the same. */
public record RiskGolden(List<Answer> answers) {

    /** Largest difference that another processor's arithmetic may make. */
    public static final double TOLERANCE = 1e-4;

    public RiskGolden {
        answers = List.copyOf(answers);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("a golden answer has at least one row");
        }
    }

    /**
     * A row and its answer.
     *
     * @param row what was known
     * @param margin log odds before calibration
     * @param contributions of each factor
     * @param probability calibrated
     */
    public record Answer(
            Map<RiskFeature, Double> row, double margin, Map<RiskFactor, Double> contributions, double probability) {

        static Answer of(RiskAssessment said) {
            return new Answer(said.row().known(), said.margin(), said.factors(), said.probability());
        }
    }

    static RiskGolden of(RiskModel model, List<RiskRow> rows) {
        return new RiskGolden(model.assess(rows).stream().map(Answer::of).toList());
    }

    /**
     * Asks the model again.
     *
     * @throws BrokenBundleException when an answer differs by more than {@link #TOLERANCE}
     */
    public void verify(RiskModel model) {
        for (Answer golden : answers) {
            RiskAssessment found = model.assess(RiskRow.given("golden", Instant.EPOCH, golden.row()));
            require("margin", golden.margin(), found.margin());
            require("probability", golden.probability(), found.probability());
            Map<RiskFactor, Double> factors = new EnumMap<>(found.factors());
            golden.contributions()
                    .forEach((factor, share) -> require(
                            "contribution of " + factor.label(), share, factors.getOrDefault(factor, Double.NaN)));
        }
    }

    private static void require(String what, double golden, double found) {
        if (!(Math.abs(golden - found) <= TOLERANCE)) {
            throw new BrokenBundleException(
                    "the golden %s is %s, the model now says %s: it computes something else here than where it was made"
                            .formatted(what, golden, found));
        }
    }
}
