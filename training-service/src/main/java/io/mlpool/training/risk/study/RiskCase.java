package io.mlpool.training.risk.study;

import io.mlpool.risk.RiskAssessment;
import io.mlpool.risk.RiskFactor;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.fit.RiskFit;
import io.mlpool.training.risk.fit.VolatilityModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was said of an asset at a time.
 *
 * @param rank among all assets of that time, 1 for the highest probability
 * @param of how many assets
 * @param volatilityAlone probability by volatility alone
 * @param raising factors that raised it most, at most three, the strongest first
 */
public record RiskCase(
        String asset,
        Instant asOf,
        Instant trainedUntil,
        double baseRate,
        RiskAssessment said,
        int rank,
        int of,
        double volatilityAlone,
        List<RiskFactor> raising) {

    private static final int MOST_FACTORS = 3;

    /** @param rows of all assets as of one time */
    static List<RiskCase> of(RiskModel model, RiskFit fit, List<RiskRow> rows, Set<String> assets) {
        List<RiskAssessment> said = model.assess(rows).stream()
                .sorted(Comparator.comparingDouble(RiskAssessment::margin).reversed())
                .toList();
        List<RiskCase> cases = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            RiskRow row = said.get(i).row();
            if (assets.contains(row.asset())) {
                cases.add(new RiskCase(
                        row.asset(),
                        row.asOf(),
                        fit.trainedUntil(),
                        fit.baseRate(),
                        said.get(i),
                        i + 1,
                        said.size(),
                        VolatilityModel.probability(fit.volatility().margin(row)),
                        raising(said.get(i))));
            }
        }
        return cases;
    }

    private static List<RiskFactor> raising(RiskAssessment said) {
        return said.factors().entrySet().stream()
                .filter(factor -> factor.getValue() > 0)
                .sorted(Map.Entry.<RiskFactor, Double>comparingByValue().reversed())
                .limit(MOST_FACTORS)
                .map(Map.Entry::getKey)
                .toList();
    }
}
