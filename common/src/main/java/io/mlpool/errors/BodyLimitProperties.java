package io.mlpool.errors;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a request may send.
 *
 * @param limit of a body in bytes, however it is sent; multipart uploads have {@code spring.servlet.multipart.*} instead
 */
@ConfigurationProperties("mlpool.request-body")
record BodyLimitProperties(@DefaultValue("16MB") DataSize limit) {

    BodyLimitProperties {
        if (limit.toBytes() <= 0) {
            throw new IllegalArgumentException("mlpool.request-body.limit must be positive, found " + limit);
        }
    }
}
