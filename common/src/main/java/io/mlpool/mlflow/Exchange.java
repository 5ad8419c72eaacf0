package io.mlpool.mlflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over HTTP, as it is: no retry, no meaning. The time limit holds for the whole exchange, body
 * included. Redirects are not followed: they would carry the password elsewhere.
 */
final class Exchange {

    private final URI server;
    private final HttpClient http;
    private final @Nullable String authorization;

    Exchange(URI server, MlflowProperties properties, Optional<SSLContext> trusted) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        trusted.ifPresent(builder::sslContext);
        this.server = server;
        this.http = builder.build();
        this.authorization = authorization(properties);
    }

    URI server() {
        return server;
    }

    /** A request for a path below the server's address. */
    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .header("User-Agent", "mlpool")
                .header("Accept", "application/json, */*");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    /**
     * @throws MlflowException when no answer came within the limit
     * @throws UncheckedIOException when the files of this machine are the trouble
     * @throws CancellationException when the thread was interrupted; the interrupt stays set
     */
    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration limit) {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unreachable("did not answer within %d s".formatted(limit.toSeconds()), e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("stopped while waiting for MLflow");
        } finally {
            answer.cancel(true);
        }
    }

    private RuntimeException failed(Throwable cause) {
        if (cause instanceof HttpConnectTimeoutException) {
            return unreachable(
                    "cannot be connected to in time: is the address right, and does a firewall let us?", cause);
        }
        if (cause instanceof ConnectException) {
            return unreachable("cannot be connected to: does it run, and is EXPERIMENT_TRACKING_URI right?", cause);
        }
        if (cause instanceof SSLException) {
            return new MlflowException(
                    MlflowException.Trouble.UNSUITABLE,
                    "",
                    "MLflow at %s %s".formatted(server, untrusted(cause)),
                    cause);
        }
        if (cause instanceof IOException io && isLocal(io)) {
            return new UncheckedIOException(io);
        }
        return unreachable("broke off: %s".formatted(cause), cause);
    }

    private static String untrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return "shows a certificate that has expired (%s): renew it there".formatted(cause.getMessage());
            }
        }
        return "speaks no TLS that is trusted here (%s): is it https at all? Trust a certificate of your own with mlpool.tracking.ssl-bundle"
                .formatted(failure.getMessage());
    }

    private static boolean isLocal(IOException e) {
        return e instanceof FileSystemException
                || String.valueOf(e.getMessage()).contains("No space left on device");
    }

    private MlflowException unreachable(String what, Throwable cause) {
        return new MlflowException(
                MlflowException.Trouble.UNREACHABLE, "", "MLflow at %s %s".formatted(server, what), cause);
    }

    private static @Nullable String authorization(MlflowProperties properties) {
        if (properties.token() != null) {
            return "Bearer " + properties.token();
        }
        if (properties.username() == null) {
            return null;
        }
        String both = properties.username() + ":" + properties.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
