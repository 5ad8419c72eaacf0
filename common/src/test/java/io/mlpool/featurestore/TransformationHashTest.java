package io.mlpool.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TransformationHashTest {

    private static final FeatureView CLOSE = view("close", "me", List.of("close"), close -> close);

    @Test
    void whoOwnsAViewAndHowItIsCalledIsNotWhatItComputes() {
        assertThat(TransformationHash.of(view("price", "you", List.of("close"), close -> close)))
                .isEqualTo(TransformationHash.of(CLOSE));
    }

    @Test
    void anotherFormulaIsAnotherHash() {
        assertThat(TransformationHash.of(view("close", "me", List.of("close"), close -> close * 1.001)))
                .isNotEqualTo(TransformationHash.of(CLOSE));
    }

    @Test
    void anotherNameOfAFeatureIsAnotherHash() {
        assertThat(TransformationHash.of(view("close", "me", List.of("last"), close -> close)))
                .isNotEqualTo(TransformationHash.of(CLOSE));
    }

    @Test
    void theLastBitOfAProcessorsLogarithmIsNotAnotherFormula() {
        assertThat(TransformationHash.of(view("close", "me", List.of("close"), Math::nextUp)))
                .isEqualTo(TransformationHash.of(CLOSE));
    }

    @Test
    void anotherMarketIsAnotherHash() {
        assertThat(TransformationHash.of(new MarketView(Interval.ONE_HOUR, List.of("bitcoin", "solana"))))
                .isNotEqualTo(TransformationHash.of(new MarketView(Interval.ONE_HOUR, List.of("bitcoin"))));
    }

    private static FeatureView view(String name, String owner, List<String> features, DoubleUnaryOperator formula) {
        ViewDefinition definition = new ViewDefinition(
                name,
                1,
                owner,
                Entity.ASSET,
                Interval.ONE_HOUR,
                Duration.ofHours(2),
                1,
                List.of(),
                "for this test",
                features.stream().map(one -> new ViewFeature(one, "a close")).toList());
        return new FeatureView() {
            @Override
            public ViewDefinition definition() {
                return definition;
            }

            @Override
            public List<FeatureRow> rows(Collection<CandleSeries> series) {
                List<FeatureRow> rows = new ArrayList<>();
                series.forEach(one -> {
                    for (int i = 0; i < one.size(); i++) {
                        float value = (float) formula.applyAsDouble(one.close(i));
                        rows.add(new FeatureRow(one.closeTime(i), new float[] {value}));
                    }
                });
                return rows;
            }
        };
    }
}
