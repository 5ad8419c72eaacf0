package io.mlpool.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts that cannot be, as {@code ./mlpool serve} makes them. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    @TempDir
    private Path folder;

    @Test
    void withoutPostgresItIsSaidWhereItWasLookedForAndWhatToSet(CapturedOutput output) {
        assertThatThrownBy(() -> start("--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none?password=secret"))
                .isInstanceOf(RuntimeException.class);

        assertThat(output.getAll())
                .containsOnlyOnce(
                        "PostgreSQL does not let this service in at jdbc:postgresql://127.0.0.1:1/none, as the user 'mlpool'")
                .contains(
                        "SPRING_DATASOURCE_URL=jdbc:postgresql://HOST:PORT/DATABASE", "./mlpool run needs none of them")
                .doesNotContain("\tat ", "secret");
    }

    @Test
    void misspeltModeDoesNotStartOpen(CapturedOutput output) {
        assertThatThrownBy(() -> start("--mlpool.securty.mode=api-key")).isInstanceOf(RuntimeException.class);

        assertThat(output.getAll())
                .contains("there is no setting 'mlpool.securty.mode'; did you mean mlpool.security.mode?")
                .doesNotContain("Tomcat", "\tat ");
    }

    private void start(String argument) {
        new SpringApplicationBuilder(ServingService.class)
                .properties("spring.config.name=serving-service")
                .run("--server.port=0", "--spring.main.banner-mode=off", "--mlpool.model.storage=" + folder, argument)
                .close();
    }
}
