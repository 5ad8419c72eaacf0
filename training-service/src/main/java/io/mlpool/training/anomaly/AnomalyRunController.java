package io.mlpool.training.anomaly;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Trainings of models that find anomalies, over HTTP. */
@RestController
@Tag(name = "anomaly runs")
final class AnomalyRunController {

    private final AnomalyTrainings trainings;
    private final AnomalyRuns runs;

    AnomalyRunController(AnomalyTrainings trainings, AnomalyRuns runs) {
        this.trainings = trainings;
        this.runs = runs;
    }

    @PostMapping("/anomaly/runs")
    ResponseEntity<AnomalyRunView> start(@RequestBody AnomalyRunRequest request) {
        AnomalyRunView run = trainings.start(AnomalyRunReader.read(request), "request");
        return ResponseEntity.accepted()
                .location(URI.create("/anomaly/runs/" + run.id()))
                .body(run);
    }

    @GetMapping("/anomaly/runs")
    List<AnomalyRunView> list(
            @RequestParam(required = false) @Nullable String model, @RequestParam(defaultValue = "50") int limit) {
        return runs.latest(model, Math.clamp(limit, 1, 1000));
    }

    @GetMapping("/anomaly/runs/{id}")
    AnomalyRunView find(@PathVariable String id) {
        return trainings.find(id);
    }
}
