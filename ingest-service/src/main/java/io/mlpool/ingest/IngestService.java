package io.mlpool.ingest;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The ingest service, port 8002. */
@SpringBootApplication
public class IngestService {

    /** Name of its configuration file; three services share a classpath in the standalone pool. */
    public static final String CONFIGURATION = "ingest-service";

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(IngestService.class);
        application.setDefaultProperties(Map.of("spring.config.name", CONFIGURATION));
        application.run(arguments);
    }
}
