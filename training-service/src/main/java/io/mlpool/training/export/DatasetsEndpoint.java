package io.mlpool.training.export;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.training.export.DatasetExport.Content;
import io.mlpool.training.table.TableFormat;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /datasets/{version}}: what a run learned from, as a file. */
@RestController
@Tag(name = "results")
class DatasetsEndpoint {

    private final DatasetExport export;

    DatasetsEndpoint(DatasetExport export) {
        this.export = export;
    }

    @Operation(
            summary = "The data set of a run as Parquet or CSV",
            description = "Which of the two says format, or else the header Accept; Parquet where neither does.")
    @GetMapping("/datasets/{version}")
    ResponseEntity<Resource> dataset(
            @Parameter(description = "SHA-256 of the candles, the data_version of a model") @PathVariable
                    String version,
            @Parameter(description = "candles or features") @RequestParam(defaultValue = "candles") String content,
            @Parameter(description = "parquet or csv") @RequestParam(required = false) @Nullable String format,
            @RequestHeader(defaultValue = MediaType.ALL_VALUE) String accept)
            throws IOException {
        TableFormat written = format == null ? accepted(accept) : named(format);
        Path file = export.write(version, contentOf(content), written);
        String name = "%s-%.12s.%s".formatted(content, version, written.label());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(written.mediaType()))
                .contentLength(Files.size(file))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
    }

    private static TableFormat accepted(String accept) {
        boolean csv = MediaType.parseMediaTypes(accept).stream()
                .anyMatch(type -> type.toString().startsWith(TableFormat.CSV.mediaType()));
        return csv ? TableFormat.CSV : TableFormat.PARQUET;
    }

    private static TableFormat named(String format) {
        return TableFormat.of(format).orElseThrow(() -> wrong("format", format, List.of("parquet", "csv")));
    }

    private static Content contentOf(String content) {
        return Content.of(content).orElseThrow(() -> wrong("content", content, List.of("candles", "features")));
    }

    private static InvalidRequestException wrong(String parameter, String found, List<String> known) {
        return InvalidRequestException.of(
                "enum", List.of("query", parameter), "Input should be one of " + known, found);
    }
}
