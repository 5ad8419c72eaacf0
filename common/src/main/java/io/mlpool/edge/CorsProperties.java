package io.mlpool.edge;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which web pages of others may ask.
 *
 * @param origins such as {@code https://desk.example}, exactly as browsers send them; {@code *} for all; empty for none
 */
@ConfigurationProperties("mlpool.cors")
record CorsProperties(@DefaultValue List<String> origins) {

    static final String ALL = "*";

    CorsProperties {
        origins = List.copyOf(origins);
        origins.forEach(CorsProperties::requireOrigin);
    }

    private static void requireOrigin(String origin) {
        if (!origin.equals(ALL) && !isOrigin(origin)) {
            throw new IllegalArgumentException(
                    "mlpool.cors.origins: an origin is a scheme, a host and maybe a port, https://desk.example:8443, without a path; found '%s'"
                            .formatted(origin));
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            return web && uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (java.net.URISyntaxException e) {
            return false;
        }
    }
}
