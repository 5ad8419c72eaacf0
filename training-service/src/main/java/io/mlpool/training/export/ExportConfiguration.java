package io.mlpool.training.export;

import io.mlpool.training.dataset.DatasetReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    DatasetExport datasetExport(JdbcClient jdbc, DatasetReader reader) {
        return new DatasetExport(jdbc, reader);
    }
}
