package io.mlpool.serving.book;

import com.github.kagkarlsson.scheduler.task.Task;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.serving.drift.DriftTallies;
import io.mlpool.serving.forecast.Forecasting;
import io.mlpool.serving.forecast.Rendering;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.PastMarkets;
import io.mlpool.serving.market.Patience;
import io.mlpool.serving.market.RecentCandles;
import io.mlpool.serving.performance.Experiences;
import io.mlpool.serving.performance.Liquidity;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BookProperties.class)
class BookConfiguration {

    @Bean
    ForecastBook forecastBook() {
        return new ForecastBook();
    }

    @Bean
    ForecastStore forecastStore(JdbcClient jdbc, TransactionTemplate transaction, DriftTallies tallies, Clock clock) {
        return new ForecastStore(jdbc, transaction, tallies, clock);
    }

    @Bean
    ForecastScoring forecastScoring(JdbcClient jdbc, Clock clock) {
        return new ForecastScoring(jdbc, clock);
    }

    @Bean
    ForecastHistory forecastHistory(JdbcClient jdbc) {
        return new ForecastHistory(jdbc);
    }

    @Bean
    PageWriter pageWriter(
            RecentCandles candles,
            PastMarkets markets,
            Experiences experiences,
            Forecasting forecasting,
            Rendering rendering,
            MeterRegistry meters) {
        return new PageWriter(candles, markets, experiences, forecasting, rendering, meters);
    }

    @Bean
    Due due(RecentCandles candles, ForecastBook book, BookProperties properties, Clock clock) {
        return new Due(candles, book, new Patience(properties.patience(), clock));
    }

    @Bean
    BookKeeping bookKeeping(
            LiveForecasters live,
            KnownAssets assets,
            Due due,
            PageWriter pages,
            ForecastBook book,
            ForecastStore store,
            Liquidity liquidity,
            ForecastScoring scoring,
            BookProgress progress,
            MeterRegistry meters,
            Clock clock) {
        ForecastCounts counts = new ForecastCounts(meters, clock);
        return new BookKeeping(live, assets, due, pages, book, store, liquidity, scoring, progress, counts);
    }

    @Bean
    Task<?> forecastRetentionTask(JdbcClient jdbc, BookProperties properties, Clock clock) {
        return new ForecastRetention(jdbc, properties.retention(), clock).task();
    }

    /** Part of readiness, by its name. */
    @Bean
    BookProgress bookHealthIndicator(LiveForecasters live) {
        return new BookProgress(live);
    }

    @Bean
    BookLoop bookLoop(BookKeeping keeping, BookProperties properties) {
        return new BookLoop(keeping, properties);
    }

    @Bean
    CandleNotices candleNotices(DataSource database, BookLoop loop, BookProperties properties) {
        return new CandleNotices(database, loop, properties);
    }
}
