package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mlpool.registry.Alias;
import io.mlpool.training.Assignment;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.report.ReportFolder;
import io.mlpool.training.report.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a run leaves for people to look at, killed or not. */
class TrainingRunReportTest extends TrainedPool {

    @Test
    void aJudgedRunLeavesAReportThatPeopleCanLookAt() throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        ReportFolder report = ReportFolder.of(storage, "first");
        assertThat(report.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "calibration.svg",
                        "error_by_asset.svg",
                        "error_by_hour.svg",
                        "error_by_liquidity.json",
                        "errors.json",
                        "feature_importance.svg",
                        "forecast_fan.svg",
                        "forecasts.parquet",
                        "learning_curve.svg",
                        "report.html");
        String page = Files.readString(report.find("report.html").orElseThrow());
        Xml.assertSelfContained(page);
        assertThat(Xml.of(page).texts("h1")).containsExactly("price-1h version 2");
        assertThat(Xml.of(page).texts("figcaption")).hasSize(6);
        assertThat(Xml.of(page).texts("td")).as("one asset is the most traded").contains("high");
        assertThat(Xml.of(page).values("class")).contains("promoted");
        assertThat(report.find("errors.json").orElseThrow()).content().contains("\"by_hour\"", "\"naive_loss\"");
    }

    @Test
    void aRunKilledBetweenItsFiguresAndItsPageEndsWithTheSameReport() throws IOException {
        run(new FakeTrainer(1)).execute(spec("whole"), events::add);
        Map<String, String> whole = report("whole");
        registry.assign("price-1h", Alias.CHAMPION, 1);
        assertThatThrownBy(() -> run(new FakeTrainer(1)).execute(spec("killed"), killWhen("Comparing")))
                .isInstanceOf(Killed.class);
        assertThat(report("killed")).doesNotContainKey("report.html").containsKey("forecast_fan.svg");

        run(new FakeTrainer(1)).execute(spec("killed"), events::add);

        Map<String, String> resumed = report("killed");
        String page = resumed.remove("report.html");
        assertThat(page.replace("killed", "whole").replace("version 3", "version 2"))
                .isEqualTo(whole.remove("report.html"));
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void aPageThatAKillPreventedIsMadeFromTheRunFolder() throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        Map<String, String> whole = report("first");
        Files.delete(storage.resolve("runs/first/report/report.html"));

        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        assertThat(report("first")).isEqualTo(whole);
    }

    @Test
    void aPictureThatCannotBeDrawnCostsNoModel() throws IOException {
        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("first"), event -> {
            if (event instanceof RunEvent.Stage stage && stage.message().startsWith("Drawing")) {
                block(storage.resolve("runs/first/report"));
            }
        });

        assertThat(decision.promoted()).isTrue();
        assertThat(ReportFolder.of(storage, "first").files()).isEmpty();
    }

    @Test
    void anEpochWhoseLineAKillCutOffIsMissingInTheCurveAndNothingElse() throws IOException {
        EpochLog log = new EpochLog(storage.resolve("epochs.jsonl"));
        log.add(epoch("model", 1, 0.5));
        Files.writeString(log.file(), "{\"part\":\"mod\n", StandardOpenOption.APPEND);
        log.add(epoch("model", 2, 0.4));
        log.add(epoch("model", 2, 0.3));

        assertThat(log.read()).containsOnlyKeys("model");
        assertThat(log.read().get("model"))
                .extracting(Assignment.Epoch::number, Assignment.Epoch::trainLoss)
                .containsExactly(tuple(1, 0.5), tuple(2, 0.3));
    }

    private static RunEvent.EpochFinished epoch(String part, int number, double loss) {
        return new RunEvent.EpochFinished(part, 1, 1, new Assignment.Epoch(number, 9, loss, loss, true, 1));
    }

    private Map<String, String> report(String run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path file : ReportFolder.of(storage, run).files()) {
            files.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        return files;
    }

    /** A file where the folder should be. */
    private static void block(Path folder) {
        try {
            Files.writeString(folder, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
