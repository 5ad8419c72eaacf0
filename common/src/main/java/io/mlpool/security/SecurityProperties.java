package io.mlpool.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers are told apart.
 *
 * @param mode {@link Mode#OPEN}: not at all
 */
@ConfigurationProperties("mlpool.security")
record SecurityProperties(@DefaultValue("open") Mode mode) {

    /** Ways to tell callers apart. */
    enum Mode {
        /** Everybody may do everything; therefore nobody but this machine may connect. */
        OPEN
    }
}
