package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LstmPropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Enabled.class);

    @EnableConfigurationProperties(LstmProperties.class)
    static class Enabled {}

    @Test
    void nothingHasToBeSet() {
        application.run(context -> assertThat(context.getBean(LstmProperties.class))
                .isEqualTo(new LstmProperties(1, 32, 32, 0.5, 2e-3, 1e-4, 1e-1, 1, 256, 8, 100_000, 50_000, 3, 1)));
    }

    @Test
    void everythingCanBeSet() {
        application
                .withPropertyValues(
                        "mlpool.training.lstm.layers=2",
                        "mlpool.training.lstm.width=64",
                        "mlpool.training.lstm.head=16",
                        "mlpool.training.lstm.dropout=0.1",
                        "mlpool.training.lstm.learning-rate=0.001",
                        "mlpool.training.lstm.fine-tune-learning-rate=0.0002",
                        "mlpool.training.lstm.weight-decay=0",
                        "mlpool.training.lstm.gradient-norm=5",
                        "mlpool.training.lstm.batch-size=512",
                        "mlpool.training.lstm.epochs=3",
                        "mlpool.training.lstm.windows-per-epoch=1000",
                        "mlpool.training.lstm.validation-windows=500",
                        "mlpool.training.lstm.patience=2",
                        "mlpool.training.lstm.threads=4")
                .run(context -> assertThat(context.getBean(LstmProperties.class))
                        .isEqualTo(new LstmProperties(2, 64, 16, 0.1, 1e-3, 2e-4, 0, 5, 512, 3, 1000, 500, 2, 4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layers=0",
                "width=0",
                "head=0",
                "dropout=1",
                "dropout=-0.1",
                "learning-rate=0",
                "fine-tune-learning-rate=-1",
                "weight-decay=-1",
                "gradient-norm=0",
                "batch-size=0",
                "epochs=0",
                "windows-per-epoch=0",
                "validation-windows=0",
                "patience=0",
                "threads=0"
            })
    void whatMakesNoSenseStopsTheStart(String setting) {
        application
                .withPropertyValues("mlpool.training.lstm." + setting)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("mlpool.training.lstm"));
    }

    @Test
    void provenanceNamesEverySettingThatShapesTheNetwork() {
        LstmProperties settings =
                new LstmProperties(1, 32, 32, 0.3, 5e-4, 1e-4, 1e-2, 1, 256, 12, 100_000, 50_000, 3, 1);
        Map<String, String> names = settings.byName();
        assertThat(names)
                .hasSize(LstmProperties.class.getRecordComponents().length - 1)
                .doesNotContainKey("threads");
        assertThat(names).containsEntry("learning_rate", "5.0E-4").containsEntry("windows_per_epoch", "100000");
    }

    @Test
    void someCanBeChangedByTheNamesOfProvenance() {
        LstmProperties settings =
                new LstmProperties(1, 32, 32, 0.3, 5e-4, 1e-4, 1e-2, 1, 256, 12, 100_000, 50_000, 3, 2);

        assertThat(settings.with(Map.of("width", "64", "learning_rate", "1e-3")))
                .isEqualTo(new LstmProperties(1, 64, 32, 0.3, 1e-3, 1e-4, 1e-2, 1, 256, 12, 100_000, 50_000, 3, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "depth | 3 | lstm has no hyper-parameter 'depth', it has [batch_size, dropout, epochs,",
                "threads | 3 | lstm has no hyper-parameter 'threads'",
                "width | 0 | hyper-parameter width of lstm must be greater than or equal to 1, found 0",
                "learning_rate | -1 | hyper-parameter learning_rate of lstm must be greater than 0, found -1.0",
                "learning_rate | fast | hyper-parameter learning_rate of lstm cannot be read, found 'fast'",
                "batch_size | 1.5 | hyper-parameter batch_size of lstm cannot be read, found '1.5'",
            })
    void aChangeThatMakesNoSenseIsRefused(String name, String value, String message) {
        LstmProperties settings =
                new LstmProperties(1, 32, 32, 0.3, 5e-4, 1e-4, 1e-2, 1, 256, 12, 100_000, 50_000, 3, 2);

        assertThatThrownBy(() -> settings.with(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
