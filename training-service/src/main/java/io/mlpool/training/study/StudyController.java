package io.mlpool.training.study;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Studies over HTTP. */
@RestController
@Tag(name = "studies")
final class StudyController {

    private final Studies studies;

    StudyController(Studies studies) {
        this.studies = studies;
    }

    @PostMapping("/studies")
    ResponseEntity<StudyView> start(@RequestBody StudyRequest request) {
        StudyView study = studies.start(request);
        return ResponseEntity.accepted()
                .location(URI.create("/studies/" + study.id()))
                .body(study);
    }

    @GetMapping("/studies")
    List<StudyView> list(@RequestParam(defaultValue = "50") int limit) {
        return studies.latest(Math.clamp(limit, 1, 1000));
    }

    @GetMapping("/studies/{id}")
    StudyView find(@PathVariable String id) {
        return studies.find(id);
    }

    @GetMapping("/studies/{id}/trials")
    List<TrialView> trials(@PathVariable String id) {
        return studies.trials(id);
    }

    @PostMapping("/studies/{id}/cancel")
    StudyView cancel(@PathVariable String id) {
        return studies.cancel(id);
    }
}
