package io.mlpool.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementTest {

    private final RuntimeException reason = new IllegalStateException("no Python was found");

    @Test
    void aTestWithoutItsToolIsSkippedWithTheReason() {
        assertThat(Requirement.MLFLOW.unavailable("", reason))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("mlflow")
                .hasMessageContaining("no Python was found");
        assertThat(Requirement.MLFLOW.unavailable("browser", reason)).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aTestWhoseToolIsRequiredFails() {
        assertThatThrownBy(() -> Requirement.MLFLOW.unavailable(" browser, mlflow ", reason))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("MLPOOL_REQUIRE")
                .hasMessageContaining("no Python was found");
    }

    @Test
    void aMisspeltToolIsNotOverlooked() {
        assertThatThrownBy(() -> Requirement.BROWSER.unavailable("brwoser", reason))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("mlflow, browser")
                .hasMessageContaining("found brwoser");
    }

    @Test
    void toolsAreLookedForWhereTheUserHasThem() {
        assertThat(System.getenv("PATH")).isNotBlank();
        assertThat(Path.of(System.getProperty("user.home"))).isDirectory();
    }
}
