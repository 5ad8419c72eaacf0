package io.mlpool.serving.alert.rule;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.JsonReading;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A rule as somebody wants it. What is wrong with it and with its condition is said at once.
 *
 * @param condition a kind and its fields
 */
public record WantedRule(
        @Schema(
                example = "bitcoin-risky",
                pattern = "^[a-z0-9][a-z0-9-]{0,63}$",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String name,

        @Schema(
                implementation = Object.class,
                description = "What is watched: its kind as `type`, and the fields of that kind (docs/alerts.md)",
                example = "{\"type\": \"risk_level\", \"model\": \"risk-7d\", \"at_least\": 70}",
                requiredMode = Schema.RequiredMode.REQUIRED)
        JsonNode condition,

        @ArraySchema(
                arraySchema =
                        @Schema(
                                description = "Assets whose figures count; absent, or `*` alone, for all",
                                nullable = true),
                schema = @Schema(type = "string", example = "bitcoin"))
        @Nullable List<String> assets,

        @Schema(
                type = "string",
                nullable = true,
                description = "How long it must hold before it fires: 90s, 10m, 24h, 7d; absent: at once",
                example = "10m")
        @Nullable Span holdsFor,

        @Schema(
                type = "string",
                nullable = true,
                description = "info, warning or critical; warning when absent",
                example = "warning")
        @Nullable Severity severity,

        @Schema(
                nullable = true,
                description = "Labels that its alerts carry beside their own",
                example = "{\"team\": \"defi\"}")
        @Nullable Map<String, String> labels,

        @Schema(
                types = {"boolean", "null"},
                description = "Whether it is evaluated; true when absent",
                example = "true")
        @Nullable Boolean enabled) {

    private static final List<Object> PLACE = List.of("body", "condition");

    public WantedRule {
        Rule.demands(name, named(assets), labels == null ? Map.of() : labels)
                .present("condition", condition)
                .check();
    }

    /**
     * The rule that a body asks for.
     *
     * @throws InvalidRequestException that says all that is wrong with it
     */
    public static Rule read(JsonNode body, JsonReading json) {
        List<ErrorDetail> wrong = new ArrayList<>();
        if (body.toString().contains("\\u0000")) {
            wrong.add(new ErrorDetail(
                    "value_error", List.of("body"), "Value error, no text may hold the character 0", null));
        }
        WantedRule wanted = part(wrong, List.of("body"), () -> json.read(body, WantedRule.class));
        Condition condition = condition(body.path("condition"), json, wrong);
        if (wrong.isEmpty() && (wanted == null || condition == null)) {
            wrong.add(new ErrorDetail("missing", List.of("body"), "Field required", null));
        }
        if (wanted == null || condition == null || !wrong.isEmpty()) {
            throw new InvalidRequestException(wrong);
        }
        return wanted.rule(condition);
    }

    private static @Nullable Condition condition(JsonNode found, JsonReading json, List<ErrorDetail> wrong) {
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        Class<? extends Condition> kind = found.isObject() ? Conditions.kind(found) : null;
        if (kind == null) {
            String rule = "Input should be an object whose type is one of " + Conditions.names();
            wrong.add(new ErrorDetail("union_tag_invalid", PLACE, rule, null));
            return null;
        }
        return part(wrong, PLACE, () -> json.read(Conditions.fields(found), kind));
    }

    private static <T> @Nullable T part(List<ErrorDetail> wrong, List<Object> place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (InvalidRequestException e) {
            e.details().forEach(detail -> wrong.add(detail.within(place)));
            return null;
        }
    }

    private Rule rule(Condition known) {
        return new Rule(
                name,
                known,
                named(assets),
                holdsFor == null ? Duration.ZERO : holdsFor.duration(),
                severity == null ? Severity.WARNING : severity,
                labels == null ? Map.of() : labels,
                enabled == null || enabled);
    }

    private static List<String> named(@Nullable List<String> assets) {
        return assets == null || assets.equals(List.of("*")) ? List.of() : assets;
    }
}
