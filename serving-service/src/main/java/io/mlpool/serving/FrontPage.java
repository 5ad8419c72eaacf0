package io.mlpool.serving;

import io.mlpool.mlflow.local.LocalMlflow;
import io.mlpool.security.SecurityProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What one asks a service before anything else: where is the manual, are you well, who are you. */
@RestController
@Tag(name = "service")
class FrontPage {

    private final HealthEndpoint health;
    private final SecurityProperties security;

    /** What runs here. */
    @Schema(description = "What runs here")
    record RunningVersion(
            @Schema(description = "Name of the service", example = "serving-service")
            String service,

            @Schema(description = "Release of the pool", example = "0.1.0")
            String version,

            @Schema(description = "Version of Java", example = "25.0.1+8-LTS")
            String java) {}

    /** How the answer of {@code /health} looks. */
    @Schema(description = "Whether the service is ready, and what is missing when it is not")
    record Readiness(
            @Schema(description = "UP when it is ready, else OUT_OF_SERVICE or DOWN", example = "UP")
            String status,

            @Schema(
                    description = "Status and details by part: the models, the book of forecasts, the service itself",
                    example = "{\"book\": {\"status\": \"UP\"}}")
            Map<String, Object> components) {}

    FrontPage(HealthEndpoint health, SecurityProperties security) {
        this.health = health;
        this.security = security;
    }

    @Operation(
            operationId = "get_health",
            summary = "200 with a loaded, warmed model and its first forecasts, else 503",
            description = "Says what is missing, where no keys are asked for.",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "Ready",
                        content = @Content(schema = @Schema(implementation = Readiness.class))),
                @ApiResponse(
                        responseCode = "503",
                        description = "Not ready",
                        content = @Content(schema = @Schema(implementation = Readiness.class)))
            })
    @GetMapping("/health")
    ResponseEntity<Object> health() {
        HealthDescriptor readiness = health.healthForPath("readiness");
        boolean well = readiness != null && readiness.getStatus().equals(Status.UP);
        return ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .body(security.asksForKeys() ? status(readiness) : readiness);
    }

    /** Details name folders and servers. */
    private static Readiness status(@Nullable HealthDescriptor readiness) {
        Status status = readiness == null ? Status.UNKNOWN : readiness.getStatus();
        return new Readiness(status.getCode(), Map.of());
    }

    @Operation(
            operationId = "get_version",
            summary = "What runs here",
            description =
                    "In JSON; who asks for `text/plain`, as MLflow's scoring server answers, gets the version of MLflow that this is tested with.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "Versions",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(implementation = RunningVersion.class)),
                                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string"))
                            }))
    @GetMapping("/version")
    ResponseEntity<Object> version(
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Parameter(hidden = true) @Nullable String accept) {
        if (accept != null && accept.startsWith(MediaType.TEXT_PLAIN_VALUE)) {
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_PLAIN)
                    .body(LocalMlflow.version().getBytes(StandardCharsets.US_ASCII));
        }
        String release = Optional.ofNullable(FrontPage.class.getPackage().getImplementationVersion())
                .orElse("development");
        return ResponseEntity.ok(
                new RunningVersion("serving-service", release, Runtime.version().toString()));
    }
}
