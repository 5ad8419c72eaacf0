package io.mlpool.training.run;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What runs learned from, and what the gate said about them. */
@RestController
@Tag(name = "results")
final class ResultsController {

    private final RunResults results;

    ResultsController(RunResults results) {
        this.results = results;
    }

    @GetMapping("/datasets")
    List<RunResults.UsedDataset> datasets() {
        return results.datasets();
    }

    @GetMapping("/decisions")
    List<RunResults.Decided> decisions(@RequestParam(required = false) @Nullable String model) {
        return results.decisions(Optional.ofNullable(model));
    }
}
