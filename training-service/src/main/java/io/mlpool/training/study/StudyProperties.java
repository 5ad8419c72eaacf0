package io.mlpool.training.study;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How studies are looked after.
 *
 * @param look how often it is looked for trials that are over
 * @param silence how long nothing may be heard of a trial in a process of its own before it is given up
 */
@ConfigurationProperties("mlpool.training.study")
record StudyProperties(
        @DefaultValue("5s") Duration look,
        @DefaultValue("1h") Duration silence) {

    StudyProperties {
        if (!look.isPositive() || !silence.isPositive()) {
            throw new IllegalArgumentException(
                    "look and silence must be positive durations, found %s and %s".formatted(look, silence));
        }
    }
}
