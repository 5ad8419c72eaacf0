package io.mlpool.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.ReadGauge;
import io.mlpool.readings.Reading;
import io.mlpool.security.Rights;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What a service imports to have its requests in the audit log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
public class AuditConfiguration {

    /** Before those who ask for keys. */
    private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 50;

    @Bean
    AuditLog auditLog(DataSource database) {
        return new AuditLog(database);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "mlpool.audit.enabled", matchIfMissing = true)
    AuditKeeping auditKeeping(
            AuditLog log,
            DataSource database,
            Clock clock,
            AuditProperties properties,
            MeterRegistry meters,
            @Value("${spring.application.name}") String service) {
        AuditKeeping keeping =
                new AuditKeeping(log, hiding(database, clock, properties), service, properties.interval());
        FunctionCounter.builder("mlpool.audit.written", keeping, AuditKeeping::written)
                .description("Entries that this process added to the audit log")
                .register(meters);
        Gauge.builder("mlpool.audit.waiting", keeping, AuditKeeping::waiting)
                .description("Entries of the audit log that wait for the database")
                .register(meters);
        return keeping;
    }

    private static UnaryOperator<List<AuditRecord>> hiding(
            DataSource database, Clock clock, AuditProperties properties) {
        return switch (properties.addresses()) {
            case PLAIN -> UnaryOperator.identity();
            case PSEUDONYMS -> new AddressPseudonyms(database, clock, properties.addressKeys())::hide;
        };
    }

    @Bean
    Reading auditReading(AuditLog log, MeterRegistry meters) {
        ReadGauge head =
                new ReadGauge(meters, "mlpool.audit.head", "", "Sequence of the newest entry of the audit log");
        return new Reading("audit", () -> head.set(log.head()));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "mlpool.audit.enabled", matchIfMissing = true)
    FilterRegistrationBean<AuditFilter> auditFilter(
            AuditKeeping keeping, Rights rights, Clock clock, @Value("${spring.application.name}") String service) {
        FilterRegistrationBean<AuditFilter> registration =
                new FilterRegistrationBean<>(new AuditFilter(keeping, service, rights, clock));
        registration.setOrder(FILTER_ORDER);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }
}
