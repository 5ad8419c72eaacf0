package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.standalone.bench.Month;
import io.mlpool.standalone.bench.SimulatedClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eighteen hours of a pool's life, with all services: the short form of {@code ./mlpool bench month}. */
class MonthTest {

    @TempDir
    private Path folder;

    @Test
    void sabotagedVersionIsRolledBackWithinADayAndNobodyLooks() {
        Instant begin = Instant.parse("2026-01-10T00:00:00Z");
        SimulatedClock clock = new SimulatedClock(begin);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PoolHome home = new PoolHome(folder.resolve("home"));
        try (Pool pool = Pool.open(home, Ports.free(), clock)) {
            BenchCommand.startForMonth(pool, 2);
            PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
            new Month(BenchCommand.underTest(pool, folder), clock, begin, out, new Month.Length(2, 45, 18, 3)).run();
            assertThat(new FolderRegistry(home.registry()).target("price-1h", Alias.CHAMPION))
                    .isPresent();
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern(
                        "sabotaged: version (\\d+), with nonsense quantiles, took the place of version (\\d+) at 2026-01-10T03:00:05Z")
                .containsPattern(
                        "watch-price-1h-\\d+-\\d+ from 2026-01-10T03:00:05Z to 2026-01-10T1[5-8]:00:05Z: promoted, rolled back: its loss")
                .containsPattern("week 1: 80 % intervals held % of outcomes: 1h [0-9.]+ \\(error unknown\\)");
    }
}
