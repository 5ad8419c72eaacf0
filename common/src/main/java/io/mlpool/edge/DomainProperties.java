package io.mlpool.edge;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Under which name the world knows the pool.
 *
 * @param domain a host name such as {@code pool.example.org}, where serving answers over TLS; empty for none
 */
@ConfigurationProperties("mlpool")
public record DomainProperties(@DefaultValue("") String domain) {

    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    /** The last label has a letter: what ends in a number is an address. */
    private static final Pattern HOST = Pattern.compile("(%s\\.)*(?![0-9]+$)%s".formatted(LABEL, LABEL));

    public DomainProperties {
        domain = domain.strip().toLowerCase(Locale.ROOT);
        if (!domain.isEmpty()
                && (domain.length() > LONGEST || !HOST.matcher(domain).matches())) {
            throw new IllegalArgumentException(
                    "ML_DOMAIN (mlpool.domain) must be a host name such as pool.example.org, without https://, port or path; found '%s'"
                            .formatted(domain));
        }
    }

    /** Where callers of elsewhere find the API; empty where nobody said. */
    public Optional<String> url() {
        return domain.isEmpty() ? Optional.empty() : Optional.of("https://" + domain);
    }
}
