package io.mlpool.training.run;

import io.mlpool.errors.RefusedException;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.report.ReportFolder;
import io.mlpool.training.table.TableFormat;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A run's report and its files. Nothing in them may run or reach out, even when a browser opens them by themselves. */
@RestController
@Tag(name = "runs")
final class ReportController {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private static final String MARKDOWN = "text/markdown;charset=UTF-8";

    private static final Map<String, MediaType> TYPES = Map.of(
            "svg", MediaType.parseMediaType("image/svg+xml;charset=UTF-8"),
            "json", MediaType.APPLICATION_JSON,
            "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
            "parquet", MediaType.parseMediaType(TableFormat.PARQUET.mediaType()));

    private final Trainings trainings;
    private final RegistryProperties models;

    ReportController(Trainings trainings, RegistryProperties models) {
        this.trainings = trainings;
        this.models = models;
    }

    /**
     * A file of a report.
     *
     * @param bytes its length
     * @param url where it is, from the service's root
     */
    record Artifact(String name, String contentType, long bytes, String url) {}

    @GetMapping("/runs/{id}/artifacts")
    List<Artifact> list(@PathVariable String id) {
        return existing(id).files().stream().map(file -> artifact(id, file)).toList();
    }

    @GetMapping("/runs/{id}/artifacts/{name}")
    ResponseEntity<Resource> file(@PathVariable String id, @PathVariable String name) {
        return existing(id)
                .find(name)
                .map(ReportController::answer)
                .orElseThrow(() -> RefusedException.notFound(
                        "run %s has no artifact '%s', GET /runs/%s/artifacts lists them".formatted(id, name, id)));
    }

    /** A page for who asks for one, or else the numbers as markdown. */
    @GetMapping(
            path = "/runs/{id}/report",
            produces = {MARKDOWN, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<?> report(
            @PathVariable String id, @RequestHeader(defaultValue = MediaType.ALL_VALUE) String accept) {
        if (MediaType.parseMediaTypes(accept).stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype)) {
            return file(id, ReportFolder.PAGE);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(MARKDOWN))
                .body(markdown(trainings.find(id)));
    }

    private static String markdown(RunView run) {
        return MarkdownReport.of(run)
                .orElseThrow(() -> RefusedException.conflict("run %s has not been judged yet, it is %s"
                        .formatted(run.id(), run.state().label())));
    }

    private ReportFolder existing(String id) {
        RunView run = trainings.find(id);
        ReportFolder folder = ReportFolder.of(models.storage(), run.id());
        if (folder.files().isEmpty()) {
            throw RefusedException.notFound("run %s has no artifacts, it is %s"
                    .formatted(id, run.state().label()));
        }
        return folder;
    }

    private static Artifact artifact(String id, Path file) {
        String name = file.getFileName().toString();
        return new Artifact(
                name, type(name).toString(), file.toFile().length(), "/runs/%s/artifacts/%s".formatted(id, name));
    }

    private static ResponseEntity<Resource> answer(Path file) {
        return ResponseEntity.ok()
                .contentType(type(file.getFileName().toString()))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .body(new FileSystemResource(file));
    }

    private static MediaType type(String name) {
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
    }
}
