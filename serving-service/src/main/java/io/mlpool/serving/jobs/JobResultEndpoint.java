package io.mlpool.serving.jobs;

import io.mlpool.errors.RefusedException;
import io.mlpool.security.AnsweredBy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /batch-jobs/{id}/result}: all or nothing, so that half a universe is never taken for the whole. */
@RestController
@Tag(name = "batch jobs")
class JobResultEndpoint {

    private final Jobs jobs;
    private final JobResults results;
    private final JsonMapper json;

    JobResultEndpoint(Jobs jobs, JobResults results, JsonMapper json) {
        this.jobs = jobs;
        this.results = results;
        this.json = json;
    }

    @Operation(
            operationId = "get_batch_job_result",
            summary = "The forecasts of a batch job that has succeeded",
            description =
                    "One item for each asset and horizon, in the order of the request; an item that has no forecast says why"
                            + " instead. `format` decides, else `Accept`, else it is NDJSON.",
            responses = {
                @ApiResponse(
                        responseCode = "200",
                        description = "All items, streamed",
                        content = {
                            @Content(
                                    mediaType = "application/x-ndjson",
                                    schema =
                                            @Schema(
                                                    type = "string",
                                                    description = "In each line a document of the schema ResultLine",
                                                    example =
                                                            "{\"item\":0,\"asset\":\"bitcoin\",\"horizon\":\"24h\",\"prediction\":{\"prediction_id\":\"...\"}}\n")),
                            @Content(
                                    mediaType = "text/csv",
                                    schema =
                                            @Schema(
                                                    type = "string",
                                                    description = "RFC 4180 with a header, a column for each quantile",
                                                    example =
                                                            "item,asset,horizon,status,detail,prediction_id,...\r\n0,bitcoin,24h,,,...\r\n"))
                        }),
                @ApiResponse(
                        responseCode = "409",
                        description = "Not finished yet, or it ended without a result; the detail says how far it is",
                        content = @Content)
            })
    @GetMapping("/batch-jobs/{id}/result")
    void result(
            @PathVariable UUID id,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"ndjson", "csv"}))
                    @Nullable ResultFormat format,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, HttpMediaTypeNotAcceptableException {
        ResultFormat chosen = format == null ? accepted(request) : format;
        JobView job = finished(id);
        job.models().forEach(model -> AnsweredBy.note(request, model.name(), model.version()));
        response.setContentType(chosen.type().toString());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"%s.%s\"".formatted(id, chosen.label()));
        Writer out = response.getWriter();
        results.write(id, job.progress().total(), writer(chosen, id, out));
        out.flush();
    }

    private ResultWriter writer(ResultFormat format, UUID id, Writer out) throws IOException {
        return switch (format) {
            case NDJSON -> new NdjsonResult(out, json);
            case CSV -> new CsvResult(out, json, results.levels(id));
        };
    }

    private JobView finished(UUID id) {
        JobView job = jobs.find(id);
        if (job.state() != JobState.SUCCEEDED) {
            throw RefusedException.conflict("batch job %s has no result: it is %s, with %d of %d items done"
                    .formatted(
                            id,
                            job.state().label(),
                            job.progress().done(),
                            job.progress().total()));
        }
        return job;
    }

    private static ResultFormat accepted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        return ResultFormat.accepted(types(request.getHeader(HttpHeaders.ACCEPT)))
                .orElseThrow(() -> new HttpMediaTypeNotAcceptableException(
                        List.of(ResultFormat.NDJSON.type(), ResultFormat.CSV.type())));
    }

    /** The caller's, what is liked best first. */
    private static List<MediaType> types(@Nullable String accept) throws HttpMediaTypeNotAcceptableException {
        try {
            List<MediaType> types = new ArrayList<>(MediaType.parseMediaTypes(accept));
            types.sort(Comparator.comparingDouble(MediaType::getQualityValue).reversed());
            return types;
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException(String.valueOf(e.getMessage()));
        }
    }
}
