package io.mlpool.serving.jobs;

import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.links.Link;
import io.swagger.v3.oas.annotations.links.LinkParameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /batch-jobs}: ask for the forecasts of a universe, watch, cancel. */
@RestController
@RequestMapping("/batch-jobs")
@Tag(name = "batch jobs")
class JobsEndpoint {

    private final Jobs jobs;
    private final JobHistory history;

    JobsEndpoint(Jobs jobs, JobHistory history) {
        this.jobs = jobs;
        this.history = history;
    }

    /** A page of jobs. */
    record JobList(List<JobView> jobs, @Nullable String nextCursor) {}

    @Operation(
            operationId = "start_batch_job",
            summary = "Forecast a whole universe in the background",
            description =
                    "With an `id` of your own the request can be repeated: the same one again gives the job that is there."
                            + " Survives restarts; the result is there when the state is `succeeded`.",
            responses = {
                @ApiResponse(
                        responseCode = "202",
                        description = "Queued, or there already",
                        headers =
                                @Header(
                                        name = "Location",
                                        description = "Where the job can be watched",
                                        schema = @Schema(type = "string", format = "uri-reference")),
                        links = {
                            @Link(
                                    name = "job",
                                    operationId = "get_batch_job",
                                    parameters = @LinkParameter(name = "id", expression = "$response.body#/id")),
                            @Link(
                                    name = "result",
                                    operationId = "get_batch_job_result",
                                    parameters = @LinkParameter(name = "id", expression = "$response.body#/id"))
                        },
                        content = @Content(schema = @Schema(implementation = JobView.class))),
                @ApiResponse(
                        responseCode = "409",
                        description = "The id belongs to another request, or there are no candles yet",
                        content = @Content)
            })
    @PostMapping
    ResponseEntity<JobView> start(@Valid @RequestBody JobRequest request) {
        JobView job = jobs.start(request);
        return ResponseEntity.accepted()
                .location(URI.create("/batch-jobs/" + job.id()))
                .body(job);
    }

    @Operation(operationId = "list_batch_jobs", summary = "Batch jobs, newest first")
    @GetMapping
    ResponseEntity<JobList> jobs(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Page<JobView> page = history.page(cursor, limit);
        return page.answer(new JobList(page.items(), page.nextCursor()));
    }

    @Operation(operationId = "get_batch_job", summary = "How a batch job stands")
    @GetMapping("/{id}")
    JobView job(@PathVariable UUID id) {
        return jobs.find(id);
    }

    @Operation(
            operationId = "cancel_batch_job",
            summary = "Cancel a batch job",
            description =
                    "A job that is over stays as it is. The job can be looked at until it is removed, a week after its end.")
    @DeleteMapping("/{id}")
    JobView cancel(@PathVariable UUID id) {
        return jobs.cancel(id);
    }
}
