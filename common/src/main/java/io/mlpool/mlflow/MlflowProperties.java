package io.mlpool.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the MLflow server is and how it is talked to; without a URI experiments and models stay in folders.
 *
 * @param uri {@code http(s)://host:port}, with the server's {@code --static-prefix} if it has one
 * @param username for basic authentication, with {@code password}
 * @param token sent as bearer instead
 * @param connectTimeout until a connection stands
 * @param timeout of a call from beginning to end
 * @param transferTimeout the same for one file
 * @param retryPauses before each repetition of what can be repeated; none for no repetition
 * @param sslBundle Spring's SSL bundle that is trusted, for a server with a certificate of one's own
 */
@ConfigurationProperties("mlpool.tracking")
public record MlflowProperties(
        @Nullable String uri,
        @Nullable String username,
        @Nullable String password,
        @Nullable String token,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("60s") Duration transferTimeout,
        @DefaultValue({"200ms", "1s"}) List<Duration> retryPauses,
        @Nullable String sslBundle) {

    public MlflowProperties {
        uri = blankToNull(uri);
        username = blankToNull(username);
        password = blankToNull(password);
        token = blankToNull(token);
        sslBundle = blankToNull(sslBundle);
        if (uri != null) {
            requireServer(uri);
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException("mlpool.tracking.username and password belong together: set both"
                    + " (MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD) or neither");
        }
        if (token != null && !token.matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "mlpool.tracking.token (MLFLOW_TRACKING_TOKEN) must be letters, digits and"
                            + " signs of ASCII without spaces, found something else in it; it is not shown here");
        }
        retryPauses = List.copyOf(retryPauses);
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("timeout", timeout);
        requirePositive("transfer-timeout", transferTimeout);
    }

    /** A server without authentication and the usual time limits. */
    public static MlflowProperties of(URI uri) {
        return new MlflowProperties(
                uri.toString(),
                null,
                null,
                null,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                List.of(Duration.ofMillis(200), Duration.ofSeconds(1)),
                null);
    }

    /** Where the server is, without a slash at the end; empty when there is none. */
    Optional<URI> server() {
        return Optional.ofNullable(uri).map(text -> URI.create(text.replaceAll("/+$", "")));
    }

    /**
     * Lets addresses pass that a server can have.
     *
     * @throws IllegalArgumentException when this can be none; the message says what to set
     */
    public static void requireServer(String uri) {
        try {
            URI parsed = new URI(uri);
            boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (!http || parsed.getHost() == null || parsed.getUserInfo() != null || parsed.getRawQuery() != null) {
                throw invalid(uri, "must be http(s)://host:port");
            }
        } catch (URISyntaxException e) {
            throw invalid(uri, e.getReason());
        }
    }

    private static IllegalArgumentException invalid(String uri, String why) {
        return new IllegalArgumentException(
                ("EXPERIMENT_TRACKING_URI (mlpool.tracking.uri) %s, found '%s'; a user name and a password go into"
                                + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. Unset it to keep experiments and models"
                                + " in folders")
                        .formatted(why, withoutPassword(uri)));
    }

    private static String withoutPassword(String uri) {
        return uri.replaceAll("//[^/@]*@", "//***@");
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "mlpool.tracking.%s must be positive, found %s".formatted(name, duration));
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Without what must not be logged. */
    @Override
    public String toString() {
        return "MLflow at %s".formatted(uri);
    }
}
