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

class TransformerPropertiesTest {

    private static final TransformerProperties DEFAULTS =
            new TransformerProperties(4, 1, 32, 4, 64, 32, 0.5, 2e-3, 1e-4, 1e-1, 1, 256, 8, 100_000, 50_000, 3);

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(Enabled.class);

    @EnableConfigurationProperties(TransformerProperties.class)
    static class Enabled {}

    @Test
    void nothingHasToBeSet() {
        application.run(context ->
                assertThat(context.getBean(TransformerProperties.class)).isEqualTo(DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "patch=0",
                "blocks=0",
                "width=0",
                "heads=0",
                "inner=0",
                "head=0",
                "dropout=1",
                "learning-rate=0",
                "fine-tune-learning-rate=-1",
                "weight-decay=-1",
                "gradient-norm=0",
                "batch-size=0",
                "epochs=0",
                "windows-per-epoch=0",
                "validation-windows=0",
                "patience=0"
            })
    void whatMakesNoSenseStopsTheStart(String setting) {
        application.withPropertyValues("mlpool.training.transformer." + setting).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("mlpool.training.transformer"));
    }

    @Test
    void headsThatDoNotShareTheWidthEvenlyStopTheStart() {
        application.withPropertyValues("mlpool.training.transformer.heads=3").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("width must be a multiple of heads, found 32 and 3"));
    }

    @Test
    void provenanceNamesEverySettingAndAllCanBeChanged() {
        Map<String, String> names = DEFAULTS.byName();
        assertThat(names).hasSize(TransformerProperties.class.getRecordComponents().length);
        assertThat(DEFAULTS.with(names)).isEqualTo(DEFAULTS);
        assertThat(DEFAULTS.with(Map.of("width", "64", "blocks", "2")).byName())
                .containsEntry("width", "64")
                .containsEntry("blocks", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers | 3 | transformer has no hyper-parameter 'layers', it has [batch_size, blocks, dropout,",
                "patch | 0 | hyper-parameter patch of transformer must be greater than or equal to 1, found 0",
                "heads | 3 | width must be a multiple of heads, found 32 and 3",
            })
    void aChangeThatMakesNoSenseIsRefused(String name, String value, String message) {
        assertThatThrownBy(() -> DEFAULTS.with(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
