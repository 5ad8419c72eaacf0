package io.mlpool.errors;

import io.mlpool.security.SecurityConfiguration;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service that does nothing but take requests, and refuse them as all services do. */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class},
        excludeName = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration")
@Import({ErrorConfiguration.class, SecurityConfiguration.class, ErrorServer.Orders.class})
class ErrorServer {

    enum Side {
        BUY,
        SELL
    }

    record Line(
            @NotNull Instant openTime,
            @NotNull @Positive Double close,
            @Nullable Side side) {}

    record Order(
            @NotNull String asset,
            @Nullable Integer count,
            @Nullable Boolean sure,
            @Nullable @Size(max = 3) List<@Valid Line> candles) {

        Order {
            if (count != null && count == 13) {
                throw new IllegalArgumentException("count must not be 13");
            }
        }
    }

    @RestController
    static class Orders {

        @PostMapping("/orders")
        Order take(@Valid @RequestBody Order order) {
            return order;
        }

        @GetMapping("/orders/{id}")
        Map<String, Object> find(
                @PathVariable int id,
                @RequestParam Instant since,
                @RequestParam(defaultValue = "10") @Min(1) @Max(100) int limit) {
            return Map.of("id", id, "since", since, "limit", limit);
        }

        @GetMapping("/refused")
        void refuse() {
            throw RefusedException.unavailable("no model yet", Duration.ofSeconds(5));
        }

        /** A kilobyte is on its way when it fails. */
        @GetMapping("/broken-off")
        void breakOff(HttpServletResponse response) throws IOException {
            response.getWriter().write("x".repeat(1024));
            response.flushBuffer();
            throw new IllegalStateException("secret");
        }

        @GetMapping("/broken")
        void fail() {
            throw new IllegalStateException("secret");
        }
    }
}
