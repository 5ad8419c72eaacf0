package io.mlpool.edge;

import io.mlpool.security.SecurityProperties;
import io.mlpool.tls.TlsConfiguration;
import jakarta.servlet.Filter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * What a service imports to meet the outside as all services of the pool do. Limits, compression and the pattern of the log are in
 * {@code io/mlpool/edge/edge.yaml}, which the service's settings import.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CorsProperties.class, DomainProperties.class})
@Import(TlsConfiguration.class)
public class EdgeConfiguration {

    /** Before those that turn requests away: a page of another origin wants to read that too. */
    private static final int CORS_ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    /** As the last of the customizers: what tells the caller's real address and scheme behind a proxy comes before. */
    @Bean
    EdgeCustomizer edgeValve() {
        return new EdgeCustomizer();
    }

    @Bean
    FilterRegistrationBean<OwnHeadersCount> ownHeadersCount() {
        FilterRegistrationBean<OwnHeadersCount> registration = new FilterRegistrationBean<>(new OwnHeadersCount());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> otherOrigins(CorsProperties origins, SecurityProperties security) {
        FilterRegistrationBean<Filter> registration =
                new FilterRegistrationBean<>(OtherOrigins.filter(origins, security));
        // Where nobody is asked for a key, a form on any page could else change what is live.
        registration.setEnabled(!origins.origins().isEmpty() || !security.asksForKeys());
        registration.setOrder(CORS_ORDER);
        return registration;
    }

    private static final class EdgeCustomizer
            implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory>, Ordered {

        @Override
        public void customize(ConfigurableTomcatWebServerFactory server) {
            server.addEngineValves(new EdgeValve());
        }

        @Override
        public int getOrder() {
            return LOWEST_PRECEDENCE;
        }
    }
}
