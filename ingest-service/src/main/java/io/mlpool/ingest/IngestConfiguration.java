package io.mlpool.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.audit.AuditConfiguration;
import io.mlpool.edge.EdgeConfiguration;
import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.EncryptionConfiguration;
import io.mlpool.errors.ErrorConfiguration;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.archive.Rebuild;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.files.FolderImport;
import io.mlpool.ingest.protocols.ProtocolFiles;
import io.mlpool.ingest.protocols.ProtocolIngestion;
import io.mlpool.ingest.protocols.ProtocolSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.protocols.ProtocolStore;
import io.mlpool.readings.ReadingsConfiguration;
import io.mlpool.schema.SchemaConfiguration;
import io.mlpool.security.SecurityConfiguration;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestProperties.class)
@Import({
    AuditConfiguration.class,
    EdgeConfiguration.class,
    EncryptionConfiguration.class,
    ErrorConfiguration.class,
    ReadingsConfiguration.class,
    SchemaConfiguration.class,
    SecurityConfiguration.class
})
class IngestConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    RawArchive rawArchive(IngestProperties settings, Encryption encryption, Clock clock) {
        return new RawArchive(settings.archive(), settings.maxUnpacked().toBytes(), encryption, clock);
    }

    @Bean
    FileSource fileSource(IngestProperties settings) {
        return new FileSource(SymbolMap.bundled(), settings.maxUnpacked().toBytes());
    }

    @Bean
    CandleIngestion candleIngestion(
            List<MarketSource> sources, RawArchive archive, DataSource dataSource, MeterRegistry meters, Clock clock) {
        return new CandleIngestion(sources, archive, dataSource, new RunCounts(meters), clock);
    }

    @Bean
    ProtocolIngestion protocolIngestion(
            List<ProtocolSource> sources,
            RawArchive archive,
            DataSource dataSource,
            MeterRegistry meters,
            Clock clock) {
        return new ProtocolIngestion(sources, archive, dataSource, new RunCounts(meters), clock);
    }

    @Bean
    ProtocolFiles protocolFiles(IngestProperties settings) {
        return new ProtocolFiles(SymbolMap.bundled(), settings.maxUnpacked().toBytes());
    }

    @Bean
    ProtocolStore protocolStore(JdbcClient jdbc) {
        return new ProtocolStore(jdbc);
    }

    @Bean
    @Primary
    Ingestion ingestion(RawArchive archive, CandleIngestion candles, ProtocolIngestion protocols) {
        return new IngestionByContent(archive, candles, protocols);
    }

    @Bean
    Rebuild rebuild(RawArchive archive, Ingestion ingestion) {
        return new Rebuild(archive, ingestion);
    }

    @Bean
    FolderImport folderImport(Ingestion ingestion) {
        return new FolderImport(ingestion);
    }
}
