package io.mlpool.serving.jobs;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /batch-jobs}: order, watch, fetch, cancel. */
@RestController
@RequestMapping("/batch-jobs")
@Tag(name = "batch jobs")
class BatchJobsEndpoint {

    private final BatchJobs jobs;
    private final Orders orders;
    private final JobFile files;

    BatchJobsEndpoint(BatchJobs jobs, Orders orders, JsonMapper json) {
        this.jobs = jobs;
        this.orders = orders;
        this.files = new JobFile(jobs, json);
    }

    /** Jobs, newest first. */
    record JobsPage(
            List<BatchJob> batchJobs,

            @Schema(description = "To be sent as cursor for the next page; null on the last") @Nullable String nextCursor) {}

    @Operation(
            operationId = "create_batch_job",
            summary = "Forecasts of a whole universe, made in the background",
            description =
                    "Answers at once with the job; its result is fetched when it has succeeded. With an `id` of your own the"
                            + " request can be repeated: the same request is the same job.",
            responses = {
                @ApiResponse(responseCode = "202", description = "The job"),
                @ApiResponse(
                        responseCode = "409",
                        description = "The id belongs to another request, or nothing is there to forecast",
                        content = @Content),
                @ApiResponse(responseCode = "429", description = "Too many jobs are waiting", content = @Content),
                @ApiResponse(responseCode = "503", description = "No model is live yet", content = @Content)
            })
    @PostMapping
    ResponseEntity<BatchJob> create(@Valid @RequestBody BatchJobRequest request) {
        BatchJob job = orders.take(request);
        return ResponseEntity.accepted()
                .location(URI.create("/batch-jobs/" + job.id()))
                .body(job);
    }

    @Operation(operationId = "list_batch_jobs", summary = "Jobs, newest first")
    @GetMapping
    ResponseEntity<JobsPage> list(
            @RequestParam(defaultValue = "100") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        BatchJobs.After after = Cursor.read(
                cursor, parts -> new BatchJobs.After(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1))));
        Page<BatchJob> page =
                Page.of(jobs.newest(after, limit + 1), limit, job -> Cursor.behind(job.createdAt(), job.id()));
        return page.answer(
                new JobsPage(page.items(), page.next().map(Cursor::text).orElse(null)));
    }

    @Operation(operationId = "get_batch_job", summary = "A job and how far it is")
    @GetMapping("/{id}")
    BatchJob job(@PathVariable UUID id) {
        return require(id);
    }

    @Operation(
            operationId = "cancel_batch_job",
            summary = "Cancels a job",
            description = "What is done already stays; a job that has ended stays as it is.")
    @DeleteMapping("/{id}")
    BatchJob cancel(@PathVariable UUID id) {
        require(id);
        jobs.end(id, JobState.CANCELLED, null);
        return require(id);
    }

    @Operation(
            operationId = "get_batch_job_result",
            summary = "What a job made, as a file",
            description =
                    "A line for each asset and horizon, in the order of the request: JSON objects with a `prediction` or an"
                            + " `error`, or CSV with the quantiles in columns.",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "The file",
                        content = {
                            @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
                            @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
                        }),
                @ApiResponse(responseCode = "404", description = "Unknown job", content = @Content),
                @ApiResponse(responseCode = "409", description = "The job has not succeeded", content = @Content)
            })
    @GetMapping("/{id}/result")
    void result(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "ndjson")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"ndjson", "csv"}))
                    String format,
            HttpServletResponse response)
            throws IOException {
        boolean csv = isCsv(format);
        BatchJob job = require(id);
        if (job.state() != JobState.SUCCEEDED) {
            throw RefusedException.conflict(
                    "job %s is %s, %d of %d items are done: its result can be fetched when it has succeeded"
                            .formatted(id, job.state().label(), job.done(), job.total()));
        }
        response.setContentType(csv ? "text/csv;charset=utf-8" : "application/x-ndjson");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"forecasts-%s.%s\"".formatted(id, csv ? "csv" : "ndjson"));
        send(id, csv, response);
    }

    private void send(UUID id, boolean csv, HttpServletResponse response) throws IOException {
        try {
            if (csv) {
                files.csv(id, response.getOutputStream());
            } else {
                files.ndjson(id, response.getOutputStream());
            }
        } catch (UncheckedIOException callerIsGone) {
            throw callerIsGone.getCause();
        }
    }

    private static boolean isCsv(String format) {
        return switch (format) {
            case "csv" -> true;
            case "ndjson" -> false;
            default ->
                throw InvalidRequestException.of(
                        "enum", List.of("query", "format"), "Input should be 'ndjson' or 'csv'", format);
        };
    }

    private BatchJob require(UUID id) {
        return jobs.find(id)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no job %s; GET /batch-jobs lists them, finished ones are kept for some days"
                                .formatted(id)));
    }
}
