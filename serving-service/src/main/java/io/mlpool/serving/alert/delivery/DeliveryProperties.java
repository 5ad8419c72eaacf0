package io.mlpool.serving.alert.delivery;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are delivered.
 *
 * @param pollInterval how often is looked for what is due
 * @param largest events of one notification; more are sent in several
 * @param giveUpAfter how long a notification is tried before it is a dead letter, at least a day
 * @param receivers by name: who is told
 */
@ConfigurationProperties("mlpool.alerts.delivery")
record DeliveryProperties(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("500") int largest,
        @DefaultValue("36h") Duration giveUpAfter,
        @Nullable Map<String, ReceiverSettings> receivers) {

    private static final int MOST = 10_000;

    DeliveryProperties {
        receivers = receivers == null ? Map.of() : Map.copyOf(receivers);
        require("poll-interval must be positive", pollInterval.isPositive(), pollInterval);
        require("largest must be from 1 to 10000", largest > 0 && largest <= MOST, largest);
        require("give-up-after must be at least 1d", giveUpAfter.compareTo(Duration.ofDays(1)) >= 0, giveUpAfter);
        receivers.forEach((name, receiver) -> {
            require("receivers: a name must be of a-z, 0-9 and '-'", name.matches("[a-z0-9-]{1,64}"), name);
            receiver.check(name);
        });
    }

    private static void require(String rule, boolean holds, Object found) {
        if (!holds) {
            throw new IllegalArgumentException("mlpool.alerts.delivery.%s, found %s".formatted(rule, found));
        }
    }
}
