package io.mlpool.training;

import io.mlpool.market.CandleStore;
import io.mlpool.training.dataset.DatasetReader;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the service configures around a database. */
public final class Databases {

    private Databases() {}

    public static TransactionTemplate transaction(DataSource database) {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }

    public static DatasetReader reader(DataSource database) {
        return new DatasetReader(new CandleStore(JdbcClient.create(database)), transaction(database));
    }
}
