package io.mlpool.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.Flavor;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ModelBundle;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.TestRiskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

class RiskBundleTest {

    @TempDir
    private Path work;

    @Test
    void whatIsWrittenIsReadAndSaysTheSame() {
        RiskBundle written = bundle();
        RiskBundle read = RiskBundle.of(ModelBundle.read(written.bundle().directory()));

        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.bundle().flavor()).isEqualTo(Flavor.XGBOOST);
        List<RiskRow> rows = TestRiskModel.rows(20);
        try (RiskModel before = written.load();
                RiskModel after = read.load()) {
            assertThat(after.assess(rows)).isEqualTo(before.assess(rows));
            read.golden().verify(after);
        }
    }

    @Test
    void anotherAnswerThanTheGoldenOneIsNamed() {
        RiskBundle bundle = bundle();
        RiskGolden.Answer right = bundle.golden().answers().getFirst();
        RiskGolden wrong = new RiskGolden(List.of(new RiskGolden.Answer(
                right.row(), right.margin() + 0.001, right.contributions(), right.probability())));
        try (RiskModel model = bundle.load()) {
            assertThatThrownBy(() -> wrong.verify(model))
                    .isInstanceOf(BrokenBundleException.class)
                    .hasMessageContaining("golden margin");
        }
    }

    @Test
    void modelThatForecastsIsNoModelOfRiskAndTheOtherWayRound() {
        ModelBundle forecasts = ConstantModel.bundle(work.resolve("forecasts"), "run-1");
        assertThatThrownBy(() -> RiskBundle.of(forecasts)).isInstanceOf(BrokenBundleException.class);
        ModelBundle risk = bundle().bundle();
        assertThatThrownBy(() -> ForecastBundle.of(risk)).isInstanceOf(BrokenBundleException.class);
    }

    @Test
    void toolsLearnFromMlmodelWhatGoesIn() throws IOException {
        Path directory = bundle().bundle().directory();

        Map<String, Object> mlmodel = new Yaml().load(Files.readString(directory.resolve("MLmodel")));

        assertThat(mlmodel)
                .extractingByKey("flavors", InstanceOfAssertFactories.MAP)
                .extractingByKey("xgboost", InstanceOfAssertFactories.MAP)
                .containsEntry("data", "model.ubj")
                .containsEntry("model_class", "xgboost.core.Booster");
        assertThat(mlmodel)
                .extractingByKey("signature", InstanceOfAssertFactories.MAP)
                .extractingByKey("inputs")
                .asString()
                .contains("volatility_30d", "drawdown_30d", "locked_change_7d");
    }

    private RiskBundle bundle() {
        return TestRiskModel.bundle(StoredFolder.plain(work.resolve("bundle")), "risk-7d", "run-1");
    }
}
