package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {

    private static final KeyText KEY = KeyText.random(new SecureRandom());

    @Test
    void keyWhenReadIsTheOneThatWasWritten() {
        assertThat(KeyText.read(KEY.text())).isEqualTo(KEY);
        assertThat(KEY.text()).matches("mlp_[0-9a-f]{12}_[0-9a-f]{64}");
    }

    @Test
    void keyWithANewSecretKeepsItsId() {
        KeyText rotated = KEY.withSecret(new SecureRandom());

        assertThat(rotated.id()).isEqualTo(KEY.id());
        assertThat(rotated.secret()).hasSameSizeAs(KEY.secret()).isNotEqualTo(KEY.secret());
    }

    @Test
    void keyInALogHidesItsSecret() {
        assertThat(KEY.toString()).contains(KEY.id()).doesNotContain(KEY.secret());
        assertThat(new IssuedKey(Examples.key("desk", Scope.READ), KEY.text()).toString())
                .contains("desk")
                .doesNotContain(KEY.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mlp_", "mlp_abc_def", "sk-123", "Bearer mlp_1"})
    void textOfAnotherShapeIsNoKey(String text) {
        assertThat(KeyText.read(text)).isNull();
    }

    @Test
    void keyThatIsNearlyOneIsNone() {
        assertThat(KeyText.read(KEY.text() + "0")).isNull();
        assertThat(KeyText.read(KEY.text().substring(1))).isNull();
        assertThat(KeyText.read(KEY.text().replace("mlp_", "mlq_"))).isNull();
        assertThat(KeyText.read("mlp_" + KEY.id() + "-" + KEY.secret())).isNull();
        assertThat(KeyText.read("mlp_" + KEY.id() + "_" + "g".repeat(64))).isNull();
        assertThat(KeyText.read("mlp_" + "A".repeat(12) + "_" + KEY.secret().toUpperCase(Locale.ROOT)))
                .isNull();
    }
}
