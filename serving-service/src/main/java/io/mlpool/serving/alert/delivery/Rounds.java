package io.mlpool.serving.alert.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/** Sends the courier on its rounds as long as the service runs. */
class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Courier courier;
    private volatile boolean ended;
    private String trouble = "";

    Rounds(Courier courier) {
        this.courier = courier;
    }

    /** A trouble is told once; that it is over shows in what is delivered. */
    @Scheduled(fixedDelayString = "${mlpool.alerts.delivery.poll-interval:1s}")
    void round() {
        if (ended) {
            return;
        }
        try {
            courier.round();
            trouble = "";
        } catch (RuntimeException e) {
            String kind = e.getClass().getName();
            if (!ended && !kind.equals(trouble)) {
                LOG.error("Alerts cannot be delivered until this is over; what is to be delivered is kept", e);
            }
            trouble = kind;
        }
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        ended = true;
        courier.stop();
    }
}
