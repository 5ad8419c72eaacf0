package io.mlpool.ingest.loading;

import java.sql.Connection;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Where loads begin. */
public final class CandleTable {

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final Markets markets;

    public CandleTable(DataSource dataSource) {
        this.dataSource = dataSource;
        jdbc = JdbcClient.create(dataSource);
        markets = new Markets(jdbc);
    }

    /** A load that is part of the running transaction. */
    public CandleLoad begin() {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        return CandleLoad.begin(jdbc, markets, connection);
    }
}
