package io.mlpool.training.risk.run;

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

/** Runs of models of risk over HTTP. */
@RestController
@Tag(name = "risk")
final class RiskController {

    private final RiskTrainings trainings;
    private final RiskRuns runs;

    RiskController(RiskTrainings trainings, RiskRuns runs) {
        this.trainings = trainings;
        this.runs = runs;
    }

    @PostMapping("/risk/runs")
    ResponseEntity<RiskRunView> startRisk(@RequestBody RiskRunRequest request) {
        RiskRunView run = trainings.start(request);
        return ResponseEntity.accepted()
                .location(URI.create("/risk/runs/" + run.id()))
                .body(run);
    }

    @GetMapping("/risk/runs")
    List<RiskRunView> listRisk(
            @RequestParam(required = false) @Nullable String model, @RequestParam(defaultValue = "50") int limit) {
        return runs.latest(model, Math.clamp(limit, 1, 1000));
    }

    @GetMapping("/risk/runs/{id}")
    RiskRunView findRisk(@PathVariable String id) {
        return trainings.find(id);
    }
}
