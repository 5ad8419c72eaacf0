package io.mlpool.serving.alert.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.readings.Reading;
import io.mlpool.serving.alert.silence.SilenceStore;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
class DeliveryConfiguration {

    @Bean
    Directory alertDirectory(DeliveryProperties properties, Clock clock) {
        return new Directory(Receivers.of(properties.receivers(), clock));
    }

    /** All receivers there are. */
    record Directory(List<Receiver> receivers) {}

    @Bean
    Outbox alertOutbox(JdbcClient jdbc, Directory directory, Clock clock) {
        return new Outbox(jdbc, directory.receivers(), clock);
    }

    @Bean
    NotificationStore notificationStore(JdbcClient jdbc, DeliveryProperties properties, Clock clock) {
        return new NotificationStore(jdbc, properties.largest(), properties.giveUpAfter(), clock);
    }

    @Bean
    Courier alertCourier(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            NotificationStore notifications,
            SilenceStore silences,
            Directory directory,
            MeterRegistry meters,
            Clock clock) {
        Composition composition =
                new Composition(jdbc, new TransactionTemplate(transactions), notifications, silences, clock);
        return new Courier(
                directory.receivers(),
                composition,
                notifications,
                new Backoff(RandomGenerator.getDefault()),
                meters,
                clock);
    }

    @Bean
    Rounds alertRounds(Courier courier) {
        return new Rounds(courier);
    }

    @Bean
    DeliveryHistory deliveryHistory(JdbcClient jdbc, DeliveryProperties properties, Clock clock) {
        return new DeliveryHistory(jdbc, properties.giveUpAfter(), clock);
    }

    @Bean
    Reading alertDeliveryReading(JdbcClient jdbc, Directory directory, MeterRegistry meters, Clock clock) {
        return new Reading("alert_deliveries", new DeliveryReading(jdbc, directory.receivers(), meters, clock)::take);
    }
}
