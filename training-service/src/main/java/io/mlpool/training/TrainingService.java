package io.mlpool.training;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The training service, port 8003. */
@SpringBootApplication
public class TrainingService {

    /** Name of its configuration file; three services share a classpath in the standalone pool. */
    public static final String CONFIGURATION = "training-service";

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(TrainingService.class);
        application.setDefaultProperties(Map.of("spring.config.name", CONFIGURATION));
        application.run(arguments);
    }
}
