package io.mlpool.serving.alert.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One HTTP request to a receiver: no redirects, a time limit for all of it with its answer, and nothing kept of that but its head. */
final class Calls {

    private static final int GONE = 410;

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    Calls(Duration timeout, Clock clock) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Without path and query, which may hold a secret. */
    static String target(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    Outcome send(HttpRequest.Builder request) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request.timeout(timeout).build(), HttpResponse.BodyHandlers.discarding());
        try {
            return outcome(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return new Outcome.Failed("no answer within " + timeout.toSeconds() + " s", null);
        } catch (ExecutionException e) {
            return new Outcome.Failed(words(e.getCause()), null);
        } finally {
            answer.cancel(true);
        }
    }

    private Outcome outcome(HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered();
        }
        if (status == GONE) {
            return new Outcome.Unwanted("it answered 410, which says for good");
        }
        return new Outcome.Failed(
                "it answered " + status,
                response.headers().firstValue("Retry-After").map(this::duration).orElse(null));
    }

    /** Seconds, or a date of HTTP. */
    private @Nullable Duration duration(String retryAfter) {
        try {
            Duration asked = retryAfter.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return asked.isNegative() ? null : asked;
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Messages of the client name addresses, not secrets; but only their kind is sure not to. */
    private static String words(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException _ -> "no answer in time";
            case ConnectException _ -> "it cannot be connected to";
            case SSLException _ -> "its TLS certificate or protocol is refused";
            case IOException _ -> "the connection broke";
            case null, default -> "the request failed";
        };
    }
}
