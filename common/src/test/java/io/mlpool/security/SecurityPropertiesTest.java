package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecurityPropertiesTest {

    @Test
    void openModeLimitsNobodyUnlessTold() {
        assertThat(Modes.open(null).perAddress()).isZero();
        assertThat(Modes.open(7).perAddress()).isEqualTo(7);
    }

    @Test
    void apiKeyModeHasLimitsThatCanBeTurnedOff() {
        assertThat(Modes.apiKey(null, null))
                .returns(6_000, SecurityProperties::perKey)
                .returns(120, SecurityProperties::perAddress);
        assertThat(Modes.apiKey(0, 0))
                .returns(0, SecurityProperties::perKey)
                .returns(0, SecurityProperties::perAddress);
    }

    @Test
    void settingThatCannotBeIsNamed() {
        assertThatThrownBy(() -> Modes.apiKey(-1, null)).hasMessageContaining("mlpool.security.rate.per-key must be 0");
        assertThatThrownBy(() -> new SecurityProperties(
                        SecurityProperties.Mode.OPEN, Duration.ZERO, new SecurityProperties.Rate(null, null)))
                .hasMessageContaining("mlpool.security.reread must be positive");
    }
}
