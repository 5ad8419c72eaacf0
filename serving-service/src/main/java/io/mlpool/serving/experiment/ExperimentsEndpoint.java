package io.mlpool.serving.experiment;

import io.mlpool.security.Caller;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /experiments}: compare a challenger with the champion, watch, stop, promote. */
@RestController
@RequestMapping("/experiments")
@Tag(name = "experiments")
class ExperimentsEndpoint {

    private final Experiments experiments;
    private final ExperimentStore store;

    ExperimentsEndpoint(Experiments experiments, ExperimentStore store) {
        this.experiments = experiments;
        this.store = store;
    }

    /** A page of experiments. */
    record ExperimentList(
            List<ExperimentView> experiments, @Nullable String nextCursor) {}

    /** What ends an experiment without a promotion. */
    record StopRequest(
            @Schema(example = "the challenger is replaced")
            @Nullable @Size(min = 1, max = 500) @Pattern(regexp = WantedExperiment.VISIBLE) String reason) {}

    /** What ends an experiment with a promotion. */
    record PromotionRequest(
            @Schema(description = "Also when the challenger is not proved better; absent: false", example = "false")
            @Nullable Boolean force,

            @Schema(example = "as agreed")
            @Nullable @Size(min = 1, max = 500) @Pattern(regexp = WantedExperiment.VISIBLE) String reason) {}

    @Operation(
            operationId = "list_experiments",
            summary = "Experiments, newest first",
            description = "Without the course of their differences, which each tells of itself.")
    @GetMapping
    ResponseEntity<ExperimentList> experiments(
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<Experiment> page = store.page(cursor, limit);
        return page.answer(new ExperimentList(
                page.items().stream().map(ExperimentView::brief).toList(), page.nextCursor()));
    }

    @Operation(
            operationId = "get_experiment",
            summary = "How an experiment stands",
            description =
                    "The interval of `standings.difference` holds at all looks together: whoever stops when it excludes 0 is wrong no more often than the confidence says.")
    @GetMapping("/{id}")
    ExperimentView experiment(@PathVariable @Schema(example = "wider-network") String id) {
        return ExperimentView.of(experiments.require(id));
    }

    @Operation(
            operationId = "start_experiment",
            summary = "Compare the challenger of a model with its champion",
            description = "With an `id` of your own the request can be repeated. A model has one experiment at a time.",
            responses = {
                @ApiResponse(
                        responseCode = "201",
                        description = "It runs, or the one of this id that is there",
                        content = @Content(schema = @Schema(implementation = ExperimentView.class))),
                @ApiResponse(
                        responseCode = "409",
                        description =
                                "The id belongs to another one, one of the model runs, or there is nothing to compare",
                        content = @Content)
            })
    @PostMapping
    ResponseEntity<ExperimentView> start(@Valid @RequestBody WantedExperiment wanted, HttpServletRequest request) {
        Experiment begun = experiments.begin(wanted, Caller.of(request).name());
        return ResponseEntity.created(URI.create("/experiments/" + begun.id())).body(ExperimentView.of(begun));
    }

    @Operation(
            operationId = "stop_experiment",
            summary = "End an experiment; the champion stays",
            description = "One that is over stays as it is.")
    @PostMapping("/{id}/stop")
    ExperimentView stop(
            @PathVariable @Schema(example = "wider-network") String id,
            @Valid @RequestBody(required = false) @Nullable StopRequest body,
            HttpServletRequest request) {
        return ExperimentView.of(experiments.stop(id, Caller.of(request).name(), body == null ? null : body.reason()));
    }

    @Operation(
            operationId = "promote_experiment",
            summary = "End an experiment; its challenger becomes the champion",
            description =
                    "Refused when the champion is another one than at the beginning. Repeating it changes nothing.",
            responses = {
                @ApiResponse(responseCode = "200", description = "The challenger is the champion"),
                @ApiResponse(
                        responseCode = "409",
                        description = "Not proved better and not forced, over, or another champion by now",
                        content = @Content)
            })
    @PostMapping("/{id}/promote")
    ExperimentView promote(
            @PathVariable @Schema(example = "wider-network") String id,
            @Valid @RequestBody(required = false) @Nullable PromotionRequest body,
            HttpServletRequest request) {
        boolean force = body != null && Boolean.TRUE.equals(body.force());
        return ExperimentView.of(
                experiments.promote(id, Caller.of(request).name(), force, body == null ? null : body.reason()));
    }
}
