package io.mlpool.serving.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadProperties.class)
class LoadConfiguration {

    /** Behind what every answer gets, a refusal too. */
    private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    FilterRegistrationBean<RequestsInProgress> requestsInProgress(LoadProperties properties, MeterRegistry meters) {
        Room room = new Room(properties.requests());
        Gauge.builder("mlpool.requests.in.progress", room, Room::taken)
                .description("Requests that are being read or answered")
                .register(meters);
        FilterRegistrationBean<RequestsInProgress> registration =
                new FilterRegistrationBean<>(new RequestsInProgress(room, refused(meters, "requests")));
        registration.setOrder(FILTER_ORDER);
        return registration;
    }

    @Bean
    QuestionsInProgress questionsInProgress(LoadProperties properties, MeterRegistry meters) {
        return new QuestionsInProgress(properties.questions(), meters);
    }

    static Counter refused(MeterRegistry meters, String what) {
        return Counter.builder("mlpool.load.refused")
                .description("Requests that were refused because too many were in progress")
                .tag("limit", what)
                .register(meters);
    }
}
