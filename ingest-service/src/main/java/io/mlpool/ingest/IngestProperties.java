package io.mlpool.ingest;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What all sources share.
 *
 * @param archive folder of the raw archive; replicas share it
 * @param maxUnpacked how much a single payload may hold when unpacked
 */
@Validated
@ConfigurationProperties("mlpool.ingest")
record IngestProperties(Path archive, @DefaultValue("8GB") DataSize maxUnpacked) {

    IngestProperties {
        if (maxUnpacked.toBytes() <= 0) {
            throw new IllegalArgumentException("mlpool.ingest.max-unpacked must be positive, found " + maxUnpacked);
        }
    }
}
