package io.mlpool.training;

import io.mlpool.training.study.TrialJob;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The training service, port 8003. */
@SpringBootApplication
public class TrainingService {

    /** Name of its configuration file; three services share a classpath in the standalone pool. */
    public static final String CONFIGURATION = "training-service";

    /** Ends with the trial where the process is there for one, and serves until it is stopped otherwise. */
    public static void main(String[] arguments) throws InterruptedException {
        SpringApplication application = new SpringApplication(TrainingService.class);
        application.setDefaultProperties(Map.of("spring.config.name", CONFIGURATION));
        ConfigurableApplicationContext context = application.run(arguments);
        TrialJob trial = context.getBeanProvider(TrialJob.class).getIfAvailable();
        if (trial != null) {
            int code = trial.execute();
            System.exit(SpringApplication.exit(context, () -> code));
        }
    }
}
