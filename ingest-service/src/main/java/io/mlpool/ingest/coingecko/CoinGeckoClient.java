package io.mlpool.ingest.coingecko;

import io.mlpool.ingest.Pause;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.requests.RequestPace;
import io.mlpool.ingest.requests.Retries;
import io.mlpool.ingest.requests.RetryAfter;
import io.mlpool.ingest.requests.SourceHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks CoinGecko within pace and budget, and again where that can help: after 408, 429, 5xx and when nobody answered, at the
 * time the answer names or after a growing, randomly shortened wait. Everything else fails at once.
 */
final class CoinGeckoClient {

    private static final Logger log = LoggerFactory.getLogger(CoinGeckoClient.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Exchange exchange;
    private final RequestPace pace;
    private final CreditBudget budget;
    private final SourceHealth health;
    private final RequestCounts<Trouble> counts;
    private final CircuitBreaker breaker;
    private final Clock clock;
    private final Retries retries;

    CoinGeckoClient(
            CoinGeckoProperties settings,
            CreditBudget budget,
            SourceHealth health,
            RequestCounts<Trouble> counts,
            Clock clock,
            Pause pause,
            RandomGenerator random) {
        this.exchange = new Exchange(
                settings.access(),
                settings.connectTimeout(),
                settings.readTimeout(),
                settings.maxResponse().toBytes());
        this.pace = RequestPace.withBurst(settings.requestsPerMinuteOrPlan(), clock, pause);
        this.budget = budget;
        this.health = health;
        this.counts = counts;
        this.breaker = new CircuitBreaker(clock);
        this.clock = clock;
        this.retries = new Retries(settings.attempts(), settings.longestWait(), pace, pause, random);
    }

    /**
     * The answer to {@code path} (relative to the root, with its query), which is known to be JSON and no error.
     *
     * @throws CoinGeckoException when there is none, after as many attempts as make sense
     */
    byte[] get(String path) {
        requireRested();
        for (int attempt = 1; ; attempt++) {
            try {
                byte[] body = once(path);
                counts.answered();
                breaker.succeeded();
                health.succeeded();
                return body;
            } catch (CoinGeckoException e) {
                counts.failed(e.trouble());
                if (!retries.again(e.trouble().worthRetry(), e.retryAfter(), attempt)) {
                    note(e);
                    throw e;
                }
                log.info(
                        "Attempt {} of {} comes to nothing, the next follows. {}",
                        attempt,
                        retries.attempts(),
                        e.getMessage());
            }
        }
    }

    /** Tells that an answer turned out to be of no use after all: whoever looks at the source's health is to see it. */
    CoinGeckoException unusable(UnreadablePayloadException answer) {
        CoinGeckoException unusable = CoinGeckoException.without(Trouble.UNREADABLE, answer.getMessage() + ".");
        counts.failed(unusable.trouble());
        note(unusable);
        return unusable;
    }

    private void requireRested() {
        try {
            breaker.check();
        } catch (CoinGeckoException e) {
            counts.failed(e.trouble());
            throw e;
        }
    }

    private byte[] once(String path) {
        pace.await();
        LocalDate month = budget.take();
        boolean paid = false;
        try {
            Exchange.Answer answer = exchange.get(path);
            paid = answer.status() == 200;
            return usable(path, answer);
        } finally {
            if (!paid) {
                budget.giveBack(month);
            }
        }
    }

    private byte[] usable(String path, Exchange.Answer answer) {
        if (answer.status() != 200) {
            ErrorBody error = ErrorBody.read(answer.status(), answer.body());
            Duration retryAfter = RetryAfter.read(answer.retryAfter(), clock.instant());
            throw CoinGeckoException.answered(path, answer.status(), error, retryAfter);
        }
        if (!answer.whole()) {
            throw CoinGeckoException.without(
                    Trouble.TOO_LARGE, "%s was answered with %,d bytes or more.".formatted(path, answer.body().length));
        }
        refuseErrors(path, answer.body());
        return answer.body();
    }

    private static void refuseErrors(String path, byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isMissingNode()) {
                throw CoinGeckoException.without(Trouble.UNREADABLE, path + " was answered with 200 and nothing.");
            }
            ErrorBody.inJson(200, json).ifPresent(error -> {
                throw CoinGeckoException.answered(path, 200, error, null);
            });
        } catch (JacksonException e) {
            ErrorBody page = ErrorBody.read(200, body);
            throw CoinGeckoException.without(
                    Trouble.UNREADABLE,
                    "%s was answered with 200 and no whole JSON: %s.".formatted(path, page.message()));
        }
    }

    private void note(CoinGeckoException e) {
        if (e.trouble() == Trouble.UNREACHABLE || e.trouble() == Trouble.SERVER) {
            breaker.failed();
        }
        health.failed(e.getMessage());
    }
}
