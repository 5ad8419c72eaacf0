package io.mlpool.edge;

import io.mlpool.errors.ErrorConfiguration;
import io.mlpool.security.SecurityConfiguration;
import io.mlpool.testing.SettableClock;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** A service that has nothing but its edge, with the settings that all services import. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class},
        excludeName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@Import({EdgeConfiguration.class, ErrorConfiguration.class, SecurityConfiguration.class, EdgeServer.Endpoints.class})
public class EdgeServer {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeServer.class);

    /** Starts it on a free port; {@code properties} are written {@code name=value}. */
    public static ConfigurableApplicationContext start(String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=none",
                "--spring.config.import=classpath:io/mlpool/edge/edge.yaml",
                "--spring.main.banner-mode=off",
                "--spring.threads.virtual.enabled=true",
                "--management.endpoint.health.show-details=always",
                "--server.address=127.0.0.1",
                "--server.port=0"));
        List.of(properties).forEach(property -> arguments.add("--" + property));
        return new SpringApplication(EdgeServer.class).run(arguments.toArray(String[]::new));
    }

    /** Where it listens. */
    public static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Bean
    Clock clock() {
        return new SettableClock(Instant.now());
    }

    @RestController
    static class Endpoints {

        @PostMapping("/echo")
        JsonNode echo(@RequestBody JsonNode body) {
            return body;
        }

        @GetMapping("/small")
        Map<String, String> small() {
            LOG.info("a line of this request");
            return Map.of("answer", "small");
        }

        @GetMapping("/large")
        Map<String, String> large() {
            return Map.of("answer", "large ".repeat(2_000));
        }

        @GetMapping("/own")
        ResponseEntity<String> own() {
            return ResponseEntity.ok()
                    .header("Cache-Control", "max-age=60")
                    .header("Content-Security-Policy", "default-src 'self'")
                    .body("own");
        }

        @GetMapping("/broken")
        void fail() {
            throw new IllegalStateException("inside");
        }
    }
}
