package io.mlpool.ingest.defillama;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** One request and its answer over HTTP, as it is: no retry, no meaning. */
final class Exchange {

    private static final int BUFFER = 1 << 16;

    private final RestClient http;
    private final long maxBytes;

    Exchange(Duration connectTimeout, Duration readTimeout, long maxBytes) {
        this.maxBytes = maxBytes;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        requests.setReadTimeout(readTimeout);
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /**
     * Asks for {@code address}.
     *
     * @param called what the request is called in messages: the address may hold a key
     * @throws DefiLlamaException when there is no whole answer
     * @throws CancellationException when the thread was interrupted; the interrupt stays set
     */
    Download get(URI address, String called) {
        try {
            return http.get()
                    .uri(address)
                    .header(HttpHeaders.ACCEPT, "application/json, text/csv;q=0.9, */*;q=0.1")
                    .header(HttpHeaders.USER_AGENT, "mlpool")
                    .exchangeForRequiredValue((request, response) -> download(response), false);
        } catch (ResourceAccessException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("stopped while waiting for " + called);
            }
            throw new DefiLlamaException(
                    Trouble.UNREACHABLE,
                    0,
                    "%s got no whole answer from %s: %s.".formatted(called, address.getHost(), cause(e)),
                    null);
        }
    }

    private Download download(ClientHttpResponse response) throws IOException {
        Path file = Files.createTempFile("mlpool-defillama-", ".part");
        try (response;
                InputStream body = response.getBody();
                OutputStream out = Files.newOutputStream(file)) {
            boolean whole = copy(body, out);
            String retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
            return new Download(response.getStatusCode().value(), file, whole, retryAfter);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private boolean copy(InputStream body, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            size += read;
            if (size > maxBytes) {
                return false;
            }
            out.write(buffer, 0, read);
        }
        return true;
    }

    private static String cause(ResourceAccessException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        return cause.getClass().getSimpleName() + message;
    }
}
