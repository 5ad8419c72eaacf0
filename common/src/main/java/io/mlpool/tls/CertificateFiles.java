package io.mlpool.tls;

import java.util.stream.Stream;
import org.springframework.core.env.Environment;

/** Where the certificate of an SSL bundle comes from, as the settings say. */
record CertificateFiles(Environment settings) {

    /** The file, or the settings' name where they hold the certificate itself. */
    String of(String bundle) {
        return Stream.of(
                        "spring.ssl.bundle.pem.%s.keystore.certificate".formatted(bundle),
                        "spring.ssl.bundle.jks.%s.keystore.location".formatted(bundle))
                .filter(settings::containsProperty)
                .map(property -> place(property, settings.getRequiredProperty(property)))
                .findFirst()
                .orElse("spring.ssl.bundle.*." + bundle);
    }

    private static String place(String property, String value) {
        return value.contains("-----BEGIN") ? property : value;
    }
}
