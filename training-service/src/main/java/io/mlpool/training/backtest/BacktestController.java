package io.mlpool.training.backtest;

import io.mlpool.encryption.StoredFile;
import io.mlpool.errors.RefusedException;
import io.mlpool.training.report.BacktestResult;
import io.mlpool.training.report.BacktestTables;
import io.mlpool.training.report.ReportFolder;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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
