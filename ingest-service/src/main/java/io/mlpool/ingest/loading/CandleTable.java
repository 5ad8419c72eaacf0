package io.mlpool.ingest.loading;

import java.sql.Connection;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Where loads begin. */
public final class CandleTable {

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    public CandleTable(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * A load that is part of the running transaction.
     *
     * @param ingestedAt when its candles became known
     */
    public CandleLoad begin(Instant ingestedAt) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        return new CandleLoad(jdbc, connection, ingestedAt);
    }
}
