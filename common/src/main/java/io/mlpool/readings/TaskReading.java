package io.mlpool.readings;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the tasks of a service's db-scheduler fare, over all of its replicas. */
final class TaskReading {

    private final JdbcClient jdbc;
    private final String table;
    private final Set<String> names;
    private final Clock clock;
    private final ReadGauge scheduled;
    private final ReadGauge running;
    private final ReadGauge failing;
    private final ReadGauge overdue;

    /**
     * Over one table of db-scheduler.
     *
     * @param names of the tasks that the service has; what others are in the table was left by an earlier version
     */
    TaskReading(JdbcClient jdbc, String table, Set<String> names, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.table = table;
        this.names = names;
        this.clock = clock;
        this.scheduled =
                new ReadGauge(meters, "mlpool.tasks.scheduled", "", "Instances of a task, running ones included");
        this.running = new ReadGauge(meters, "mlpool.tasks.running", "", "Instances of a task that a replica works on");
        this.failing =
                new ReadGauge(meters, "mlpool.tasks.failing", "", "Instances of a task whose last execution failed");
        this.overdue = new ReadGauge(
                meters,
                "mlpool.tasks.overdue",
                "seconds",
                "How long the instance that waits longest should have been running");
    }

    void take() {
        Map<Tags, Number> scheduledByTask = zero();
        Map<Tags, Number> runningByTask = zero();
        Map<Tags, Number> failingByTask = zero();
        Map<Tags, Number> overdueByTask = zero();
        jdbc.sql("""
                SELECT task_name, count(*) AS scheduled, count(*) FILTER (WHERE picked) AS running,
                  count(*) FILTER (WHERE consecutive_failures > 0) AS failing,
                  extract(epoch FROM max(:now - execution_time) FILTER (WHERE NOT picked)) AS overdue
                FROM %s WHERE task_name IN (:names) GROUP BY task_name
                """.formatted(table))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("names", names)
                .query((ResultSet row) -> {
                    Tags task = tags(row.getString("task_name"));
                    scheduledByTask.put(task, row.getLong("scheduled"));
                    runningByTask.put(task, row.getLong("running"));
                    failingByTask.put(task, row.getLong("failing"));
                    overdueByTask.put(task, overdue(row));
                });
        scheduled.set(scheduledByTask);
        running.set(runningByTask);
        failing.set(failingByTask);
        overdue.set(overdueByTask);
    }

    /** What is not due yet is not overdue by less than nothing. */
    private static double overdue(ResultSet row) throws SQLException {
        return Math.max(0, row.getDouble("overdue"));
    }

    private Map<Tags, Number> zero() {
        Map<Tags, Number> zero = new HashMap<>();
        names.forEach(name -> zero.put(tags(name), 0));
        return zero;
    }

    private static Tags tags(String task) {
        return Tags.of("task", task);
    }
}
