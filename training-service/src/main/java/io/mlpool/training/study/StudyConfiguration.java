package io.mlpool.training.study;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.mlpool.market.CandleStore;
import io.mlpool.training.run.RunExecution;
import io.mlpool.training.run.RunRequestReader;
import io.mlpool.training.run.TrainingRuns;
import io.mlpool.training.run.Trainings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Studies, and the one trial of a process that is there for it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StudyProperties.class)
class StudyConfiguration {

    @Bean
    Studies studies(
            JdbcClient jdbc,
            Clock clock,
            RunRequestReader requests,
            TrainingRuns runs,
            Trainings trainings,
            PlatformTransactionManager transactions) {
        return new Studies(
                new StudyStore(jdbc, clock),
                new StudyReader(requests),
                runs,
                trainings,
                new CandleStore(jdbc),
                new TransactionTemplate(transactions));
    }

    @Bean
    Task<?> studyTask(Studies studies, StudyProperties properties) {
        return Tasks.recurring("studies", Schedules.fixedDelay(properties.look()))
                .execute((instance, context) -> studies.look(properties.silence()));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("mlpool.training.trial.file")
    @EnableConfigurationProperties(TrialProperties.class)
    static class OneTrial {

        @Bean
        TrialJob trialJob(TrialProperties trial, Studies studies, Trainings trainings, RunExecution runs) {
            return new TrialJob(trial, studies, trainings, runs);
        }
    }
}
