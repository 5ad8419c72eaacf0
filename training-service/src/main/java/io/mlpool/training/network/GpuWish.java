package io.mlpool.training.network;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Who asked for a GPU is told at the start whether it is used, not after a training that took all night. */
@Component
@ConditionalOnBooleanProperty("mlpool.gpu.enabled")
@EnableConfigurationProperties(GpuProperties.class)
class GpuWish {

    private static final Logger LOG = LoggerFactory.getLogger(GpuWish.class);

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        GpuFinding finding = GpuFinding.here();
        if (finding.isFulfilled()) {
            LOG.info(finding.inWords());
        } else {
            LOG.warn(finding.inWords());
        }
    }
}
