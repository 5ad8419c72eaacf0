package io.mlpool.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.Horizon;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class RiskModelTest {

    private static final List<RiskFeature> FEATURES = List.of(RiskFeature.values());
    private static final Isotonic CALIBRATION = new Isotonic(List.of(-3.0, 0.0, 3.0), List.of(0.01, 0.2, 0.9));
    private static final RiskDefinition DEFINITION = new RiskDefinition(
            new RiskEvent(Horizon.of("7d"), 0.3, 0.5),
            Interval.ONE_HOUR,
            List.of("bitcoin"),
            FEATURES,
            CALIBRATION,
            0.1);
    private static final List<RiskRow> ROWS = rows(10_000);
    private static final byte[] TREES = trees();

    @Test
    void contributionsAndBaseSumToTheMarginForTenThousandRows() {
        try (RiskModel model = new RiskModel(TREES, DEFINITION)) {
            assertThat(model.assess(ROWS)).hasSize(10_000).allSatisfy(found -> {
                double sum = found.contributions().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                double byFactor = found.factors().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(found.base() + sum).isCloseTo(found.margin(), within(1e-5));
                assertThat(byFactor).isCloseTo(sum, within(1e-12));
            });
        }
    }

    @Test
    void manyRowsAndManyThreadsAreAnsweredLikeOneByOne() throws Exception {
        try (RiskModel model = new RiskModel(TREES, DEFINITION);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<RiskAssessment> together = model.assess(ROWS.subList(0, 200));
            List<Future<RiskAssessment>> alone = ROWS.subList(0, 200).stream()
                    .map(row -> threads.submit(() -> model.assess(row)))
                    .toList();
            for (int i = 0; i < alone.size(); i++) {
                assertThat(alone.get(i).get()).isEqualTo(together.get(i));
            }
        }
    }

    @Test
    void largerMarginHasNoLowerProbabilityAndNoLowerScore() {
        double before = 0;
        for (double margin = -5; margin < 5; margin += 0.1) {
            double score = DEFINITION.score(CALIBRATION.probability(margin));
            assertThat(score).isBetween(before, 100.0);
            before = score;
        }
        assertThat(DEFINITION.score(0.1)).isCloseTo(50, within(1e-9));
        assertThat(DEFINITION.score(0.5)).isCloseTo(90, within(1e-9));
        assertThat(DEFINITION.score(0)).isZero();
        assertThat(DEFINITION.score(1)).isEqualTo(100);
        assertThat(CALIBRATION.probability(-1.5)).isCloseTo(0.105, within(1e-9));
    }

    @Test
    void fatalFactorRaisesTheScoreToItsFloorAndNotTheProbability() {
        Map<RiskFeature, Double> calm = Map.of(RiskFeature.VOLATILITY_30D, 0.0);
        Map<RiskFeature, Double> hit =
                Map.of(RiskFeature.VOLATILITY_30D, 0.0, RiskFeature.DAYS_SINCE_INCIDENT, 3.0, RiskFeature.ENDED, 1.0);
        try (RiskModel model = new RiskModel(TREES, DEFINITION)) {
            RiskAssessment found = model.assess(RiskRow.given("aave", RiskMarket.START, hit));
            assertThat(found.cappedBy()).isEqualTo(FatalFactor.PROTOCOL_ENDED);
            assertThat(found.score()).isEqualTo(95);
            assertThat(found.probability()).isEqualTo(CALIBRATION.probability(found.margin()));
            assertThat(model.assess(RiskRow.given("aave", RiskMarket.START, calm))
                            .cappedBy())
                    .isNull();
        }
    }

    @Test
    void brokenTreesWrongColumnsAndClosedModelsAreRefused() {
        assertThatExceptionOfType(BrokenBundleException.class)
                .isThrownBy(() -> new RiskModel(new byte[] {1, 2, 3}, DEFINITION));
        RiskDefinition narrow = new RiskDefinition(
                DEFINITION.event(), Interval.ONE_HOUR, List.of(), FEATURES.subList(0, 3), CALIBRATION, 0.1);
        assertThatExceptionOfType(BrokenBundleException.class)
                .isThrownBy(() -> new RiskModel(TREES, narrow))
                .withMessageContaining("columns, the definition 3");
        RiskModel model = new RiskModel(TREES, DEFINITION);
        model.close();
        assertThatIllegalStateException().isThrownBy(() -> model.assess(ROWS.getFirst()));
    }

    @Test
    void calibrationThatFallsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Isotonic(List.of(0.0, 1.0), List.of(0.5, 0.4)))
                .withMessageContaining("must not fall");
        assertThatIllegalArgumentException().isThrownBy(() -> new Isotonic(List.of(1.0, 1.0), List.of(0.1, 0.2)));
    }

    private static List<RiskRow> rows(int count) {
        Random random = new Random(5);
        List<RiskRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<RiskFeature, Double> values = new EnumMap<>(RiskFeature.class);
            for (RiskFeature feature : FEATURES) {
                if (random.nextInt(4) != 0) {
                    values.put(feature, random.nextGaussian());
                }
            }
            rows.add(RiskRow.given("aave", RiskMarket.START, values));
        }
        return rows;
    }

    private static byte[] trees() {
        try {
            DMatrix matrix = RiskModel.matrix(ROWS, FEATURES);
            float[] labels = new float[ROWS.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = ROWS.get(i).value(RiskFeature.VOLATILITY_30D)
                                        + ROWS.get(i).value(RiskFeature.BETA_90D)
                                > 1
                        ? 1
                        : 0;
            }
            matrix.setLabel(labels);
            Map<String, Object> parameters =
                    Map.of("objective", "binary:logistic", "max_depth", 4, "eta", 0.1, "nthread", 1, "seed", 1);
            Booster booster = XGBoost.train(matrix, parameters, 100, Map.of(), null, null);
            return booster.toByteArray("ubj");
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }
}
