package io.mlpool.serving.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadProperties.class)
class LoadConfiguration {

    /** Requests beyond those that are taken on, to refuse them, and to answer who asks how we are. */
    private static final int SPARE = 32;

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

    /** As the last of the customizers: the one of Spring Boot gives each request a thread of its own. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> boundedVirtualThreads(LoadProperties properties) {
        BoundedVirtualThreads threads = new BoundedVirtualThreads(properties.requests() + SPARE);
        return server -> server.addProtocolHandlerCustomizers(handler -> handler.setExecutor(threads));
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
