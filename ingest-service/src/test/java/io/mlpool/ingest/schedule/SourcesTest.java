package io.mlpool.ingest.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.mlpool.errors.RefusedException;
import io.mlpool.ingest.coingecko.CoinGecko;
import io.mlpool.ingest.coingecko.CoinGeckoException;
import io.mlpool.ingest.coingecko.FakeCoinGecko;
import io.mlpool.ingest.coingecko.FakeMarket;
import io.mlpool.ingest.coingecko.Fixture;
import io.mlpool.ingest.defillama.DefiLlama;
import io.mlpool.ingest.defillama.DefiLlamaException;
import io.mlpool.ingest.defillama.FakeDefiLlama;
import io.mlpool.ingest.defillama.LlamaFixture;
import io.mlpool.ingest.replay.ReplayProgramme;
import io.mlpool.ingest.replay.ReplayProgrammes;
import io.mlpool.ingest.requests.FakeSource.Answer;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    private static final SeriesKey BITCOIN = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
    private static final FollowedAssets FOLLOWED = new FollowedAssets(List.of("bitcoin"));

    private final FakeCoinGecko gecko = new FakeCoinGecko();
    private final TestDatabase database = TestDatabase.create();
    private final Fixture fixture = Fixture.on(database, gecko.root(), Duration.ofDays(2));

    @TempDir
    private Path folder;

    private final FakeDefiLlama llama = new FakeDefiLlama();

    @AfterEach
    void close() {
        llama.close();
        gecko.close();
    }

    @Test
    void sourceThatWasNeverAskedWaits() {
        SourceState state = sources(coinGecko()).sources().getFirst();

        assertThat(state)
                .isEqualTo(new SourceState("coingecko", true, "waiting", "keyless", null, null, null, 0L, 1000L, null));
    }

    @Test
    void sourceTellsItsErrorInWordsUntilItWorksAgain() {
        CoinGecko coinGecko = coinGecko();
        gecko.says(path -> Answer.of(401, "{\"status\":{\"error_code\":10002,\"error_message\":\"API Key Missing\"}}"));
        assertThatExceptionOfType(CoinGeckoException.class).isThrownBy(() -> coinGecko.complete(BITCOIN));

        SourceState failing = sources(coinGecko).sources().getFirst();
        fixture.clock.advance(Duration.ofSeconds(1));
        gecko.says(new FakeMarket(fixture.clock));
        coinGecko.complete(BITCOIN);
        SourceState again = sources(coinGecko).sources().getFirst();

        assertThat(failing.state()).isEqualTo("failing");
        assertThat(failing.lastError()).contains("API Key Missing").contains("Set COINGECKO_API_KEY");
        assertThat(again.state()).isEqualTo("ok");
        assertThat(again.creditsUsed()).isEqualTo(1);
        assertThat(again.creditsLeft()).isEqualTo(999);
    }

    @Test
    void fetchBringsTheNextRunForward() {
        Sources sources = sources(coinGecko());
        sources.fetch();
        fixture.clock.advance(Duration.ofMinutes(10));

        assertThat(sources.fetch().started()).isEqualTo(2);

        assertThat(sources.sources().getFirst().nextRun()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void fetchFromASourceThatIsOffIsRefused() {
        Sources sources = sources(fixture.switchedOff(folder));

        assertThat(sources.sources().getFirst().state()).isEqualTo("off");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(sources::fetch)
                .satisfies(e -> assertThat(e.status()).isEqualTo(409))
                .withMessageContaining("mlpool.ingest.coingecko.enabled=true");
    }

    @Test
    void replaySaysWhatItPlays() {
        SourceState replay = sources(coinGecko()).sources().get(1);

        assertThat(replay.name()).isEqualTo("replay");
        assertThat(replay.state()).isEqualTo("waiting");
        assertThat(replay.plan()).isEqualTo("bitstamp-2013 at max");
    }

    @Test
    void defiLlamaTellsHowItFaresAndIsAskedOnRequest() {
        LlamaFixture llamas = new LlamaFixture(database, folder, llama.root());
        Sources sources = sources(coinGecko(), llamas.defiLlama());
        assertThat(sources.sources().get(2).state()).isEqualTo("waiting");

        llama.says(path -> Answer.of(404, ""));
        assertThatExceptionOfType(DefiLlamaException.class).isThrownBy(llamas.defiLlama()::refreshProtocols);

        assertThat(sources.sources().get(2).state()).isEqualTo("failing");
        assertThat(sources.fetchDefiLlama().started()).isEqualTo(3);
        assertThat(sources.sources().get(2).nextRun()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void defiLlamaThatIsOffIsNotAsked() {
        Sources sources = sources(coinGecko(), new LlamaFixture(database, folder, llama.root()).switchedOff());

        assertThat(sources.sources().get(2).state()).isEqualTo("off");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(sources::fetchDefiLlama)
                .withMessageContaining("mlpool.ingest.defillama.enabled=true");
    }

    private CoinGecko coinGecko() {
        return fixture.coinGecko(folder);
    }

    private Sources sources(CoinGecko coinGecko) {
        return sources(coinGecko, new LlamaFixture(database, folder, llama.root()).defiLlama());
    }

    private Sources sources(CoinGecko coinGecko, DefiLlama defiLlama) {
        DefiLlamaTasks llamaTasks = new DefiLlamaTasks(defiLlama, fixture.clock);
        CoinGeckoTasks tasks = new CoinGeckoTasks(coinGecko, FOLLOWED, fixture.clock);
        SchedulerClient scheduler = SchedulerClient.Builder.create(
                        database.dataSource(),
                        tasks.candles(),
                        tasks.assets(),
                        llamaTasks.protocols(),
                        llamaTasks.incidents(),
                        llamaTasks.histories())
                .tableName("ingest_tasks")
                .build();
        ReplayProgramme replay = ReplayProgrammes.max(database, folder, fixture.clock, "bitstamp-2013");
        return new Sources(coinGecko, tasks, defiLlama, llamaTasks, replay, scheduler);
    }
}
