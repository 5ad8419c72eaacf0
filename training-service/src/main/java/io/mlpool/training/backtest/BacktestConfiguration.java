package io.mlpool.training.backtest;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.Task;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.CandleStore;
import io.mlpool.registry.RegistryProperties;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.pipeline.Retrainings;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.run.RunRequestReader;
import io.mlpool.training.run.TrainingSlot;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Backtests: who asks for them, who executes them, what is kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BacktestProperties.class)
class BacktestConfiguration {

    @Bean
    BacktestStore backtestStore(JdbcClient jdbc, Clock clock) {
        return new BacktestStore(jdbc, clock);
    }

    @Bean
    BacktestArchive backtestArchive(
            BacktestStore store, RegistryProperties models, Encryption encryption, BacktestProperties limits) {
        return new BacktestArchive(store, new StoredFolder(models.storage(), encryption), limits.keep());
    }

    /** The scheduler is asked for lazily: it is made of the task below. */
    @Bean
    Backtests backtests(
            BacktestStore store,
            RunRequestReader runs,
            JdbcClient jdbc,
            TrainingSettings settings,
            BacktestProperties limits,
            @Lazy SchedulerClient scheduler,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Backtests(
                store,
                new BacktestReader(runs, settings),
                new CandleStore(jdbc),
                settings,
                limits,
                scheduler,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    Task<?> backtestTask(
            BacktestStore store,
            BacktestArchive archive,
            DatasetReader candles,
            Trainers trainers,
            TrainingSettings settings,
            RegistryProperties models,
            Encryption encryption,
            TrainingSlot slot) {
        Backtest backtest = new Backtest(
                new Retrainings(candles, trainers, settings), new StoredFolder(models.storage(), encryption));
        return new BacktestTask(store, backtest, archive, slot).task();
    }
}
