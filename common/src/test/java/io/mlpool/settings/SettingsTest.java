package io.mlpool.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.edge.EdgeServer;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurablePropertyResolver;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.validation.annotation.Validated;

@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    /** A few settings of services, as they bind them. */
    @Validated
    @ConfigurationProperties("mlpool.training")
    record Training(@DefaultValue("64") @Min(1) @Max(2000) int steps) {}

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(Training.class)
    static class OnTop {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MLPOOL_SECURITY_MODE=foo       | MLPOOL_SECURITY_MODE must be open or api-key, found 'foo'",
                "MLPOOL_TRAINING_STEPS=abc      | MLPOOL_TRAINING_STEPS must be a whole number, at least 1 and at most 2000, found 'abc'",
                "MLPOOL_TRAINING_STEPS=-3       | MLPOOL_TRAINING_STEPS must be at least 1, found '-3'",
                "MLPOOL_TRAINING_STEPS=9999     | MLPOOL_TRAINING_STEPS must be at most 2000, found '9999'",
                "MLPOOL_REQUEST_BODY_LIMIT=huge | MLPOOL_REQUEST_BODY_LIMIT must be a size such as 512KB or 16MB, found 'huge'",
                "MLPOOL_REQUESTBODY_TIME=soon   | MLPOOL_REQUESTBODY_TIME must be a length of time such as 500ms, 30s, 5m, 12h or 7d, found 'soon'",
                "MLPOOL_SECURITY_REREAD=0s      | mlpool.security.reread must be positive, found PT0S",
                "ML_DOMAIN=https://pool.example | ML_DOMAIN (mlpool.domain) must be a host name such as pool.example.org, without https://, port or path; found 'https://pool.example'",
                "SERVER_ADDRESS=0.0.0.0         | server.address is 0.0.0.0 (environment: SERVER_ADDRESS)",
                "SERVER_PORT=abc                | SERVER_PORT must be a whole number, found 'abc'",
                "MLPOOL_SECURTY_MODE=api-key    | there is no setting MLPOOL_SECURTY_MODE; did you mean MLPOOL_SECURITY_MODE?",
            })
    void whatCannotBeInTheEnvironmentStopsTheStartInOneSentence(
            String setting, String sentence, CapturedOutput output) {
        String[] parts = setting.split("=", 2);

        assertThatThrownBy(() -> start(Map.of(parts[0], parts[1]))).isInstanceOf(RuntimeException.class);

        assertThat(output.getOut())
                .containsOnlyOnce("APPLICATION FAILED TO START")
                .contains(sentence)
                .doesNotContain("\tat ", "Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--mlpool.securty.mode=api-key | there is no setting 'mlpool.securty.mode'; did you mean mlpool.security.mode?",
                "--mlpool.security-mode=api-key | there is no setting 'mlpool.security-mode'; did you mean mlpool.security.mode?",
                "--MLPOOL_SECURITY_MODE=api-key | '--MLPOOL_SECURITY_MODE' is no setting: arguments are --NAME=VALUE",
                "--help   | '--help' is no setting: arguments are --NAME=VALUE",
                "--port   | '--port' is no setting: arguments are --NAME=VALUE",
                "--port=1 | '--port' is no setting: arguments are --NAME=VALUE",
                "9001     | '9001' is no setting: arguments are --NAME=VALUE",
                "--mlpool.training.steps=abc | mlpool.training.steps must be a whole number, at least 1 and at most 2000, found 'abc'",
            })
    void whatNobodyHeedsInTheArgumentsStopsTheStart(String argument, String sentence, CapturedOutput output) {
        assertThatThrownBy(() -> start(Map.of(), argument)).isInstanceOf(RuntimeException.class);

        assertThat(output.getOut()).contains(sentence).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MLPOOL_SERVICE_HOST",
                "MLPOOL_PORT",
                "MLPOOL_PORT_8001_TCP",
                "MLPOOL_SERVING_SERVICE_PORT",
                "MLPOOL_MEMORY",
                "MLPOOL_TRAINING_HORIZONS_1H",
                "MLPOOL_CORS_ORIGINS_0",
                "MLPOOL_INGEST_COINGECKO_API_KEY"
            })
    void variablesOfKubernetesAndOfOtherServicesPass(String variable) {
        try (ConfigurableApplicationContext server = start(Map.of(variable, "http://10.0.0.1:8001"))) {
            assertThat(EdgeServer.port(server)).isPositive();
        }
    }

    @Test
    void settingsPassHoweverTheyAreSpelt() {
        try (ConfigurableApplicationContext server = start(
                Map.of("MLPOOL_REQUESTBODY_LIMIT", "1MB", "MLPOOL_REQUEST_BODY_TIME", "9s"),
                "--mlpool.tracking.connectTimeout=3s",
                "--mlpool.training.horizons.1h=1h",
                "--mlpool.cors.origins[0]=https://desk.example",
                "--debug")) {
            assertThat(EdgeServer.port(server)).isPositive();
        }
    }

    /** Reads properties as Spring Boot's own environment does, which cannot be given other variables. */
    private static final class ResolvingEnvironment extends StandardEnvironment {

        @Override
        protected ConfigurablePropertyResolver createPropertyResolver(MutablePropertySources sources) {
            return ConfigurationPropertySources.createPropertyResolver(sources);
        }
    }

    private static ConfigurableApplicationContext start(Map<String, String> variables, String... arguments) {
        SpringApplication application = new SpringApplication(EdgeServer.class, OnTop.class);
        StandardEnvironment environment = new ResolvingEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
        application.setEnvironment(environment);
        application.setDefaultProperties(Map.of("server.address", "127.0.0.1", "server.port", "0"));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--spring.config.name=none");
        all.add("--spring.config.import=classpath:io/mlpool/edge/edge.yaml");
        all.add("--spring.main.banner-mode=off");
        return application.run(all.toArray(String[]::new));
    }
}
