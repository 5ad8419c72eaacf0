package io.mlpool.ingest.coingecko;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** One request and its answer over HTTP, as it is: no retry, no meaning. Redirects are not followed, they would carry the key. */
final class Exchange {

    private final RestClient http;
    private final CoinGeckoAccess access;
    private final int maxBytes;

    Exchange(CoinGeckoAccess access, Duration connectTimeout, Duration readTimeout, long maxBytes) {
        this.access = access;
        this.maxBytes = Math.toIntExact(maxBytes);
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        requests.setReadTimeout(readTimeout);
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * Asks for {@code path}, relative to the root, with its query.
     *
     * @throws CoinGeckoException when there is no answer
     * @throws CancellationException when the thread was interrupted; the interrupt stays set
     */
    Answer get(String path) {
        try {
            return http.get()
                    .uri(URI.create(access.root() + "/" + path))
                    .headers(this::identify)
                    .exchangeForRequiredValue((request, response) -> answer(response));
        } catch (ResourceAccessException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("stopped while waiting for " + path);
            }
            throw CoinGeckoException.without(
                    Trouble.UNREACHABLE, "%s got no answer from %s: %s.".formatted(path, access.root(), cause(e)));
        }
    }

    private void identify(HttpHeaders headers) {
        headers.set(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        headers.set(HttpHeaders.USER_AGENT, "mlpool");
        String header = access.plan().keyHeader();
        if (header != null && access.apiKey() != null) {
            headers.set(header, access.apiKey());
        }
    }

    private Answer answer(ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        try (InputStream body = response.getBody()) {
            byte[] bytes = body.readNBytes(maxBytes + 1);
            String retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
            return new Answer(status, bytes, bytes.length <= maxBytes, retryAfter);
        }
    }

    private static String cause(ResourceAccessException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return cause.getClass().getSimpleName() + message;
    }

    /**
     * @param whole false when the body was longer than allowed and is cut
     */
    record Answer(
            int status,
            byte[] body,
            boolean whole,
            @Nullable String retryAfter) {}
}
