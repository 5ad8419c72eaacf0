package io.mlpool.training.backtest;

import io.mlpool.encryption.StoredFile;
import io.mlpool.errors.RefusedException;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.report.BacktestResult;
import io.mlpool.training.report.BacktestTables;
import io.mlpool.training.report.ReportFolder;
import io.mlpool.training.run.EventStream;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Backtests over HTTP. */
@RestController
@Tag(name = "backtests")
final class BacktestController {

    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final String CSV = "text/csv;charset=UTF-8";

    /** Nothing in the page may run or reach out. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Backtests backtests;
    private final BacktestStore store;
    private final BacktestArchive archive;
    private volatile boolean stopping;

    BacktestController(Backtests backtests, BacktestStore store, BacktestArchive archive) {
        this.backtests = backtests;
        this.store = store;
        this.archive = archive;
    }

    @Operation(
            summary = "What this pool would have forecast over a past time",
            description =
                    "Walk-forward with retraining: each model learns from what was known before its first forecast. Nothing is registered. 422 says which candles there are, or from when on there is enough history.")
    @PostMapping("/backtests")
    ResponseEntity<BacktestView> start(@RequestBody BacktestRequest request) {
        BacktestView backtest = backtests.start(request);
        return ResponseEntity.accepted()
                .location(URI.create("/backtests/" + backtest.id()))
                .body(backtest);
    }

    @Operation(summary = "Backtests, newest first, without results")
    @GetMapping("/backtests")
    List<BacktestView> list(@RequestParam(defaultValue = "50") int limit) {
        return store.latest(Math.clamp(limit, 1, 1000));
    }

    @Operation(summary = "State, progress and result of a backtest")
    @GetMapping("/backtests/{id}")
    BacktestView find(@PathVariable String id) {
        return backtests.find(id);
    }

    @Operation(
            summary = "How far a backtest is, as server-sent events",
            description =
                    "One called `progress` at once and whenever something changes, the backtest as in the list; `end` when it is over. Who comes back is told how it stands by then.")
    @GetMapping(path = "/backtests/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable String id) {
        backtests.find(id);
        return EventStream.open(
                id,
                (heard, idle) -> backtests.follow(id, backtest -> heard.accept(written(backtest)), idle),
                () -> stopping);
    }

    private static SseEmitter.SseEventBuilder written(BacktestView backtest) {
        return SseEmitter.event()
                .name("progress")
                .data(RunJson.MAPPER.writeValueAsString(backtest), MediaType.APPLICATION_JSON);
    }

    /** Comes before the web server waits for the requests that are under way. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopping = true;
    }

    @Operation(summary = "Stops a backtest, a running one after its epoch")
    @PostMapping("/backtests/{id}/cancel")
    BacktestView cancel(@PathVariable String id) {
        return backtests.cancel(id);
    }

    @Operation(summary = "Every forecast with what came of it and the losses, a row for each horizon")
    @GetMapping(path = "/backtests/{id}/forecasts.csv", produces = CSV)
    ResponseEntity<Resource> forecasts(@PathVariable String id) throws IOException {
        backtests.result(id);
        StoredFile file = archive.folder(id).forecasts();
        if (!file.exists()) {
            throw gone(id);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(CSV))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(id + ".csv")
                                .build()
                                .toString())
                .body(new InputStreamResource(file.open()));
    }

    @Operation(summary = "A page with tables and figures for who asks for HTML, or else the tables as Markdown")
    @GetMapping(
            path = "/backtests/{id}/report",
            produces = {MARKDOWN, MediaType.TEXT_HTML_VALUE})
    ResponseEntity<?> report(
            @PathVariable String id, @RequestHeader(defaultValue = MediaType.ALL_VALUE) String accept) {
        BacktestResult result = backtests.result(id);
        if (MediaType.parseMediaTypes(accept).stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype)) {
            return page(archive.folder(id).report().find(ReportFolder.PAGE).orElseThrow(() -> gone(id)));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(MARKDOWN))
                .body(BacktestTables.markdown(store.spec(id).orElseThrow().inWords(), result));
    }

    private static ResponseEntity<Resource> page(Path file) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .body(new FileSystemResource(file));
    }

    private static RefusedException gone(String id) {
        return RefusedException.notFound("the files of backtest %s are not in the storage any more".formatted(id));
    }
}
