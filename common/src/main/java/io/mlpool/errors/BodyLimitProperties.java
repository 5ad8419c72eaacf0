package io.mlpool.errors;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may send, and for how long.
 *
 * @param limit of a body in bytes, however it is sent; multipart uploads have {@code spring.servlet.multipart.*} instead
 * @param time from the first byte that is read of a body to its last; uploads may take as long as bytes come
 */
@ConfigurationProperties("mlpool.request-body")
record BodyLimitProperties(
        @DefaultValue("16MB") DataSize limit,
        @DefaultValue("30s") Duration time) {

    BodyLimitProperties {
        if (limit.toBytes() <= 0) {
            throw new IllegalArgumentException("mlpool.request-body.limit must be positive, found " + limit);
        }
        if (!time.isPositive()) {
            throw new IllegalArgumentException("mlpool.request-body.time must be positive, found " + time);
        }
    }
}
