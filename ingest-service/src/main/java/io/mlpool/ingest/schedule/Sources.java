package io.mlpool.ingest.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.RefusedException;
import io.mlpool.ingest.coingecko.CoinGecko;
import io.mlpool.ingest.defillama.DefiLlama;
import io.mlpool.ingest.replay.ReplayProgramme;
import io.mlpool.ingest.requests.SourceHealth;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which sources there are and how they fare. */
@RestController
@Tag(name = "sources")
@RequestMapping("/sources")
class Sources {

    private final CoinGecko coinGecko;
    private final CoinGeckoTasks tasks;
    private final DefiLlama defiLlama;
    private final DefiLlamaTasks defiLlamaTasks;
    private final ReplayProgramme replay;
    private final SchedulerClient scheduler;

    Sources(
            CoinGecko coinGecko,
            CoinGeckoTasks tasks,
            DefiLlama defiLlama,
            DefiLlamaTasks defiLlamaTasks,
            ReplayProgramme replay,
            SchedulerClient scheduler) {
        this.coinGecko = coinGecko;
        this.tasks = tasks;
        this.defiLlama = defiLlama;
        this.defiLlamaTasks = defiLlamaTasks;
        this.replay = replay;
        this.scheduler = scheduler;
    }

    @GetMapping
    List<SourceState> sources() {
        return List.of(coinGecko(), replay(), defiLlama());
    }

    /** Asks CoinGecko now for all that is missing, rather than at the next full hour. */
    @PostMapping("/coingecko/fetch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started fetch() {
        if (!coinGecko.enabled()) {
            throw RefusedException.conflict(
                    "the source coingecko is off; start the service with mlpool.ingest.coingecko.enabled=true");
        }
        return new Started(tasks.start(scheduler));
    }

    /** Asks DefiLlama now for protocols, incidents and histories, rather than at its time of the day. */
    @PostMapping("/defillama/fetch")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Started fetchDefiLlama() {
        if (!defiLlama.enabled()) {
            throw RefusedException.conflict(
                    "the source defillama is off; start the service with mlpool.ingest.defillama.enabled=true");
        }
        return new Started(defiLlamaTasks.start(scheduler));
    }

    private SourceState coinGecko() {
        CoinGecko.State state = coinGecko.state();
        return new SourceState(
                "coingecko",
                coinGecko.enabled(),
                word(coinGecko.enabled(), state.failing(), state.lastSuccess()),
                state.plan().name().toLowerCase(Locale.ROOT),
                state.lastSuccess(),
                state.lastError(),
                state.lastErrorAt(),
                state.creditsUsed(),
                state.creditsLeft(),
                nextRun(CoinGeckoTasks.CANDLES));
    }

    private SourceState defiLlama() {
        SourceHealth.Report state = defiLlama.state();
        return new SourceState(
                "defillama",
                defiLlama.enabled(),
                word(defiLlama.enabled(), state.failing(), state.lastSuccess()),
                null,
                state.lastSuccess(),
                state.lastError(),
                state.lastErrorAt(),
                null,
                null,
                nextRun(DefiLlamaTasks.PROTOCOLS));
    }

    private static String word(boolean enabled, boolean failing, @Nullable Instant lastSuccess) {
        if (!enabled) {
            return "off";
        }
        if (failing) {
            return "failing";
        }
        return lastSuccess == null ? "waiting" : "ok";
    }

    private SourceState replay() {
        Instant nextRun = nextRun(ReplayTask.NAME);
        String state = !replay.enabled() ? "off" : nextRun == null ? "waiting" : "ok";
        return new SourceState(
                "replay", replay.enabled(), state, replay.title(), null, null, null, null, null, nextRun);
    }

    private @Nullable Instant nextRun(String task) {
        return scheduler.getScheduledExecutionsForTask(task, Void.class, ScheduledExecutionsFilter.all()).stream()
                .map(ScheduledExecution::getExecutionTime)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /**
     * What a request started.
     *
     * @param started tasks that run now; those that were running already go on
     */
    record Started(int started) {}
}
