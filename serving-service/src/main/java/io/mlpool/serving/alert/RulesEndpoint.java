package io.mlpool.serving.alert;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.JsonReading;
import io.mlpool.errors.RefusedException;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.rule.WantedRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /alerts/rules}: what is to be told. */
@RestController
@RequestMapping("/alerts/rules")
@Tag(name = "alerts")
class RulesEndpoint {

    private final RuleStore rules;
    private final DryRun dryRun;
    private final JsonReading json;

    RulesEndpoint(RuleStore rules, DryRun dryRun, JsonReading json) {
        this.rules = rules;
        this.dryRun = dryRun;
        this.json = json;
    }

    /** All rules. */
    record RuleList(List<RuleView> rules) {}

    @Operation(operationId = "list_alert_rules", summary = "All rules, by name")
    @GetMapping
    RuleList rules() {
        return new RuleList(rules.all().stream().map(RuleView::of).toList());
    }

    @Operation(operationId = "get_alert_rule", summary = "One rule")
    @GetMapping("/{rule:(?!test$).+}")
    RuleView rule(@PathVariable("rule") String name) {
        return RuleView.of(require(name));
    }

    @Operation(
            operationId = "create_alert_rule",
            summary = "Add a rule",
            description = "The same rule again gives the one that is there.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = WantedRule.class))),
            responses = {
                @ApiResponse(
                        responseCode = "201",
                        description = "The rule",
                        content = @Content(schema = @Schema(implementation = RuleView.class))),
                @ApiResponse(responseCode = "409", description = "Another rule has the name", content = @Content)
            })
    @PostMapping
    ResponseEntity<RuleView> create(@RequestBody JsonNode body) {
        Rule rule = WantedRule.read(body, json);
        boolean added = rules.add(rule);
        RuleStore.Kept kept = require(rule.name());
        if (!added && !kept.rule().equals(rule)) {
            throw RefusedException.conflict(
                    "there is another rule named %s: PUT /alerts/rules/%s puts this one in its place"
                            .formatted(rule.name(), rule.name()));
        }
        return ResponseEntity.created(URI.create("/alerts/rules/" + rule.name()))
                .body(RuleView.of(kept));
    }

    @Operation(
            operationId = "put_alert_rule",
            summary = "Add a rule or put it in the place of that of its name",
            description = "Its alerts go on under their ids; a shipped rule can be changed like any other.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = WantedRule.class))))
    @PutMapping("/{rule:(?!test$).+}")
    RuleView put(@PathVariable("rule") String name, @RequestBody JsonNode body) {
        Rule rule = WantedRule.read(body, json);
        if (!rule.name().equals(name)) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "name"),
                    "Value error, must be the name in the address",
                    rule.name());
        }
        rules.put(rule);
        return RuleView.of(require(name));
    }

    @Operation(
            operationId = "delete_alert_rule",
            summary = "Remove a rule",
            description = "Its alerts are resolved at the next look at all rules. Repeating it changes nothing.",
            responses =
                    @ApiResponse(
                            responseCode = "204",
                            description = "There is none of this name now",
                            content = @Content))
    @DeleteMapping("/{rule:(?!test$).+}")
    ResponseEntity<Void> delete(@PathVariable("rule") String name) {
        rules.remove(name);
        return ResponseEntity.noContent().build();
    }

    @Operation(
            operationId = "test_alert_rule",
            summary = "When would a rule have fired",
            description =
                    "Looks at up to 720 times of the last days as the evaluation would have; what holds shorter than between two of them may be missed.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = WantedRule.class))))
    @PostMapping("/test")
    DryRun.Result test(
            @RequestBody JsonNode body,
            @RequestParam(defaultValue = "7") @Min(1) @Max(90) @Parameter(description = "How many days it looks back")
                    int days) {
        return dryRun.of(WantedRule.read(body, json), days);
    }

    private RuleStore.Kept require(String name) {
        return rules.find(name)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no rule of this name: GET /alerts/rules lists those there are"));
    }
}
