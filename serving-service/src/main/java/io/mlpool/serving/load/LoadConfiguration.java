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

    /** Behind what every answer gets, a refusal too. */
    private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

    /** As the last of the customizers: the one of Spring Boot gives each request a virtual thread, without a bound. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> requestThreads(
            LoadProperties properties, MeterRegistry meters) {
        RequestThreads threads = new RequestThreads(properties.requests());
        Gauge.builder("mlpool.requests.in.progress", threads, RequestThreads::busy)
                .description("Requests that are being read or answered")
                .register(meters);
        Gauge.builder("mlpool.requests.waiting", threads, RequestThreads::waiting)
                .description("Requests that wait for a thread")
                .register(meters);
        return server -> server.addProtocolHandlerCustomizers(handler -> handler.setExecutor(threads));
    }

    @Bean
    FilterRegistrationBean<LoadShedding> loadShedding(LoadProperties properties, MeterRegistry meters) {
        FilterRegistrationBean<LoadShedding> registration = new FilterRegistrationBean<>(
                new LoadShedding(properties.longestWait(), RequestThreads::waited, refused(meters, "wait")));
        registration.setOrder(FILTER_ORDER);
        return registration;
    }

    @Bean
    QuestionsInProgress questionsInProgress(LoadProperties properties, MeterRegistry meters) {
        return new QuestionsInProgress(properties.questions(), meters);
    }

    static Counter refused(MeterRegistry meters, String limit) {
        return Counter.builder("mlpool.load.refused")
                .description("Requests that were refused because too many were in progress")
                .tag("limit", limit)
                .register(meters);
    }
}
