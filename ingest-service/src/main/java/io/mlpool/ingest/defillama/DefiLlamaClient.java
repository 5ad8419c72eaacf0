package io.mlpool.ingest.defillama;

import io.mlpool.ingest.Pause;
import io.mlpool.ingest.requests.RequestCounts;
import io.mlpool.ingest.requests.RequestPace;
import io.mlpool.ingest.requests.Retries;
import io.mlpool.ingest.requests.RetryAfter;
import java.net.URI;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks DefiLlama one request after the other, and again where that can help: after 408, 429, 5xx and when there was no whole
 * answer, at the time the answer names or after a growing, randomly shortened wait. Everything else fails at once.
 */
final class DefiLlamaClient {

    private static final Logger log = LoggerFactory.getLogger(DefiLlamaClient.class);

    private final Exchange exchange;
    private final String root;
    private final RequestPace pace;
    private final RequestCounts<Trouble> counts;
    private final Clock clock;
    private final Retries retries;

    DefiLlamaClient(
            DefiLlamaProperties settings,
            RequestCounts<Trouble> counts,
            Clock clock,
            Pause pause,
            RandomGenerator random) {
        this.exchange = new Exchange(
                settings.connectTimeout(),
                settings.readTimeout(),
                settings.maxResponse().toBytes());
        this.root = settings.baseUrl().toString().replaceFirst("/$", "");
        this.pace = RequestPace.even(settings.requestsPerMinute(), clock, pause);
        this.counts = counts;
        this.clock = clock;
        this.retries = new Retries(settings.attempts(), settings.longestWait(), pace, pause, random);
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
                if (!retries.again(e.trouble().worthRetry(), e.retryAfter(), attempt)) {
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
}
