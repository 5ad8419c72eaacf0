package io.mlpool.serving.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TrustPropertiesTest {

    @Test
    void modelsExpireAfter800Days() {
        assertThat(bind(Map.of())).isEqualTo(new TrustProperties(Duration.ofDays(800)));
    }

    @Test
    void expiryIsRead() {
        assertThat(bind(Map.of("mlpool.trust.model-expiry", "30d")))
                .isEqualTo(new TrustProperties(Duration.ofDays(30)));
    }

    @Test
    void expiryThatIsNotPositiveIsRefused() {
        assertThatThrownBy(() -> bind(Map.of("mlpool.trust.model-expiry", "0d")))
                .rootCause()
                .hasMessageContaining("mlpool.trust.model-expiry");
    }

    private static TrustProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("mlpool.trust", TrustProperties.class);
    }
}
