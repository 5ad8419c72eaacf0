package io.mlpool.ingest.defillama;

import io.mlpool.ingest.Pause;
import io.mlpool.ingest.requests.RequestPace;
import io.mlpool.ingest.requests.RetryAfter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks DefiLlama one request after the other, and again where that can help: after 408, 429, 5xx and when there was no whole
 * answer, at the time the answer names or after a growing, randomly shortened wait. Everything else fails at once.
 */
final class DefiLlamaClient {

    private static final Logger log = LoggerFactory.getLogger(DefiLlamaClient.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final Exchange exchange;
    private final String root;
    private final RequestPace pace;
    private final RequestCounts counts;
    private final Clock clock;
    private final Pause pause;
    private final RandomGenerator random;
    private final int attempts;
    private final Duration longestWait;

    DefiLlamaClient(
            DefiLlamaProperties settings, RequestCounts counts, Clock clock, Pause pause, RandomGenerator random) {
        this.exchange = new Exchange(
                settings.connectTimeout(),
                settings.readTimeout(),
                settings.maxResponse().toBytes());
        this.root = settings.baseUrl().toString().replaceFirst("/$", "");
        this.pace = RequestPace.even(settings.requestsPerMinute(), clock, pause);
        this.counts = counts;
        this.clock = clock;
        this.pause = pause;
        this.random = random;
        this.attempts = settings.attempts();
        this.longestWait = settings.longestWait();
    }

    /**
     * The answer to {@code path}, relative to the root, which begins like JSON; to be closed.
     *
     * @throws DefiLlamaException when there is none, after as many attempts as make sense
     */
    Download get(String path) {
        return get(URI.create(root + "/" + path), path, true);
    }

    /** A file at another address; otherwise like {@link #get(String)}, but it may be anything except a page. */
    Download file(URI address) {
        return get(address, "the list of incidents", false);
    }

    private Download get(URI address, String called, boolean json) {
        for (int attempt = 1; ; attempt++) {
            try {
                Download answer = once(address, called, json);
                counts.answered();
                return answer;
            } catch (DefiLlamaException e) {
                counts.failed(e.trouble());
                if (!again(e, attempt)) {
                    throw e;
                }
                log.info("Attempt {} of {} comes to nothing, the next follows. {}", attempt, attempts, e.getMessage());
            }
        }
    }

    private Download once(URI address, String called, boolean json) {
        pace.await();
        Download answer = exchange.get(address, called);
        try {
            requireUsable(answer, called, json);
            return answer;
        } catch (RuntimeException e) {
            answer.close();
            throw e;
        }
    }

    private void requireUsable(Download answer, String called, boolean json) {
        String head = answer.head().strip();
        if (answer.status() != 200) {
            ErrorBody error = ErrorBody.read(answer.status(), head);
            throw new DefiLlamaException(
                    error.trouble(answer.status()),
                    answer.status(),
                    "%s was answered with status %d: %s.".formatted(called, answer.status(), error.message()),
                    RetryAfter.read(answer.retryAfter(), clock.instant()));
        }
        if (!answer.whole()) {
            throw new DefiLlamaException(
                    Trouble.TOO_LARGE, 200, "%s was answered with more bytes than allowed.".formatted(called), null);
        }
        boolean wanted = json ? head.startsWith("{") || head.startsWith("[") : !head.isEmpty() && !head.startsWith("<");
        if (!wanted) {
            throw new DefiLlamaException(
                    Trouble.UNREADABLE,
                    200,
                    "%s was answered with 200 and %s."
                            .formatted(called, ErrorBody.read(200, head).message()),
                    null);
        }
    }

    private boolean again(DefiLlamaException e, int attempt) {
        if (!e.trouble().worthRetry()) {
            return false;
        }
        Duration asked = e.retryAfter().orElse(null);
        if (asked != null) {
            pace.holdFor(asked);
        }
        if (attempt >= attempts || (asked != null && asked.compareTo(longestWait) > 0)) {
            return false;
        }
        if (asked == null) {
            pause.of(backoff(attempt));
        }
        return true;
    }

    /** Doubles with each attempt; between half and all of it is waited, so that replicas do not come back together. */
    private Duration backoff(int attempt) {
        long full = Math.min(FIRST_WAIT.toMillis() << (attempt - 1), longestWait.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
