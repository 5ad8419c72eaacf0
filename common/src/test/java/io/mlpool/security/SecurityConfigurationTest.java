package io.mlpool.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;

class SecurityConfigurationTest {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final WebApplicationContextRunner withoutRights = new WebApplicationContextRunner()
            .withUserConfiguration(SecurityConfiguration.class)
            .withBean(Clock.class, Clock::systemUTC)
            .withBean(DataSource.class, DATABASE::dataSource);
    private final WebApplicationContextRunner service = withoutRights.withBean(
            Rights.class, () -> Rights.table().anyone("GET /docs").build());

    @ParameterizedTest
    @ValueSource(strings = {"api-key", "API_KEY", "apikey", "Api-Key"})
    void keysAreAskedForHoweverTheModeIsSpelt(String mode) {
        service.withPropertyValues("mlpool.security.mode=" + mode).run(context -> {
            FilterRegistrationBean<?> gate = context.getBean("gate", FilterRegistrationBean.class);
            assertThat(gate.isEnabled()).isTrue();
            assertThat(gate.getFilter()).isInstanceOf(KeyFilter.class);
            assertThat(context.getBean(KeyReading.class).isRunning()).isTrue();
        });
    }

    @Test
    void keyThatTheDeploymentGivesCountsFromTheStart() {
        String key = "mlp_0123456789ab_" + "4".repeat(64);
        service.withPropertyValues(
                        "mlpool.security.mode=api-key",
                        "mlpool.security.given.prometheus.key=" + key,
                        "mlpool.security.given.prometheus.scopes=read,predict")
                .run(context -> assertThat(
                                context.getBean(KnownKeys.class).judge(key).key())
                        .isNotNull()
                        .extracting(KnownKey::caller)
                        .isEqualTo(new Caller("0123456789ab", "prometheus", Set.of(Scope.READ, Scope.PREDICT))));
    }

    @Test
    void openModeHasNoGateAndAsksNoDatabase() {
        service.run(context -> {
            assertThat(context.getBean("gate", FilterRegistrationBean.class).isEnabled())
                    .isFalse();
            assertThat(context.getBean(KeyReading.class).isRunning()).isFalse();
        });
    }

    @Test
    void openModeLimitsAddressesWhereThatIsWanted() {
        service.withPropertyValues("mlpool.security.rate.per-address=3").run(context -> {
            FilterRegistrationBean<?> gate = context.getBean("gate", FilterRegistrationBean.class);
            assertThat(gate.isEnabled()).isTrue();
            assertThat(gate.getFilter()).isInstanceOf(AddressLimitFilter.class);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys", "none", "''"})
    void modeThatIsNoneStopsTheStart(String mode) {
        service.withPropertyValues("mlpool.security.mode=" + mode)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void serviceWithoutATableOfRightsDoesNotStartInModeApiKey() {
        withoutRights
                .withPropertyValues("mlpool.security.mode=api-key")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("Rights"));
    }
}
