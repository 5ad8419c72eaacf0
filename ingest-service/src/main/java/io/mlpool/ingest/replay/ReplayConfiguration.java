package io.mlpool.ingest.replay;

import io.mlpool.ingest.CandleIngestion;
import io.mlpool.ingest.Pause;
import io.mlpool.ingest.files.FileSource;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplayProperties.class)
class ReplayConfiguration {

    /** Also when nothing is played: the archive may hold replays to be read again. */
    @Bean
    ReplaySource replaySource() {
        return new ReplaySource();
    }

    @Bean
    ReplayProgramme replayProgramme(
            ReplayProperties settings, CandleIngestion ingestion, FileSource files, JdbcClient jdbc, Clock clock) {
        Replay replay = new Replay(ingestion, jdbc, clock, Pause.sleeping());
        return new ReplayProgramme(settings, replay, files);
    }
}
