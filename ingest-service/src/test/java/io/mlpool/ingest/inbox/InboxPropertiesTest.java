package io.mlpool.ingest.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class InboxPropertiesTest {

    private final ApplicationContextRunner context =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void defaults() {
        context.withPropertyValues("mlpool.ingest.inbox.folder=/data/inbox")
                .run(started -> assertThat(started.getBean(InboxProperties.class))
                        .isEqualTo(new InboxProperties(
                                true, Path.of("/data/inbox"), Duration.ofSeconds(2), Duration.ofSeconds(3))));
    }

    @Test
    void fullMapping() {
        context.withPropertyValues(
                        "mlpool.ingest.inbox.enabled=false",
                        "mlpool.ingest.inbox.folder=/x",
                        "mlpool.ingest.inbox.every=1m",
                        "mlpool.ingest.inbox.settle=10s")
                .run(started -> assertThat(started.getBean(InboxProperties.class))
                        .isEqualTo(new InboxProperties(
                                false, Path.of("/x"), Duration.ofMinutes(1), Duration.ofSeconds(10))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlpool.ingest.inbox.every=0s", "mlpool.ingest.inbox.settle=-1s"})
    void durationThatIsNotPositiveStopsTheStart(String property) {
        context.withPropertyValues("mlpool.ingest.inbox.folder=/x", property)
                .run(failed -> assertThat(failed).getFailure().rootCause().hasMessageContaining("must be positive"));
    }

    @Test
    void missingFolderStopsTheStart() {
        context.run(failed -> assertThat(failed).getFailure().rootCause().hasMessageContaining("folder"));
    }

    @EnableConfigurationProperties(InboxProperties.class)
    static class Settings {}
}
