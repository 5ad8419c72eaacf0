package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.training.Assignment;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.pipeline.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalShowsOneBarThatGrows() {
        ProgressBar bar = new ProgressBar(out, true);

        bar.show(epoch("fold-1", 1, 5));
        bar.show(epoch("model", 2, 10));
        bar.show(new RecordedEvent(3, Instant.EPOCH, new RunEvent.StateChanged("succeeded", null)));

        assertThat(text().split("\r"))
                .satisfiesExactly(
                        before -> assertThat(before).isEmpty(),
                        first -> assertThat(first)
                                .startsWith("[=======                       ]  25 %  fold-1  epoch  5 of 10"),
                        last -> assertThat(last)
                                .startsWith(
                                        "[==============================] 100 %  model   epoch 10 of 10  loss 0.25000*  1,234 windows/s")
                                .endsWith("\nTraining succeeded\n"));
    }

    @Test
    void elsewhereEachEpochIsALine() {
        ProgressBar bar = new ProgressBar(out, false);

        bar.show(epoch("fold-1", 1, 5));
        bar.show(new RecordedEvent(2, Instant.EPOCH, new RunEvent.StateChanged("failed", "no candles")));

        assertThat(text()).isEqualTo("""
                fold-1  epoch  5 of 10  loss 0.25000*  1,234 windows/s
                Training failed: no candles
                """);
    }

    @Test
    void numbersAreGroupedAlikeInEveryCountry() {
        new ProgressBar(out, false)
                .show(new RecordedEvent(
                        1,
                        Instant.EPOCH,
                        new RunEvent.Snapshot(new DatasetSnapshot(
                                "0".repeat(64),
                                Interval.ONE_HOUR,
                                "usd",
                                List.of("bitcoin"),
                                List.of("bitcoin"),
                                Map.of(),
                                Instant.EPOCH,
                                12_345))));

        assertThat(text()).startsWith("12,345 candles of 1 asset until 1970-01-01T00:00:00Z");
    }

    private static RecordedEvent epoch(String part, int number, int epoch) {
        return new RecordedEvent(
                1,
                Instant.EPOCH,
                new RunEvent.EpochFinished(part, number, 2, new Assignment.Epoch(epoch, 10, 0.3, 0.25, true, 1234.4)));
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
