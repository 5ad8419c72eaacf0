package io.mlpool.security;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;

/**
 * What a service imports to be reachable only by those who may. It needs a {@link Rights} of the service and its clock and database, but in open mode
 * only where something of this is used.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecurityProperties.class, GivenKeysProperties.class})
@Import(LoopbackOnly.class)
public class SecurityConfiguration {

    /** Behind what limits, names and records requests, before all that costs. */
    public static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

    private static final int NAMES_ORDER = Ordered.HIGHEST_PRECEDENCE + 5;

    @Bean
    @Lazy
    @DependsOnDatabaseInitialization
    KnownKeys knownKeys(DataSource database, Clock clock) {
        return new KnownKeys(new KeyStore(database), clock);
    }

    @Bean
    @Lazy
    @DependsOnDatabaseInitialization
    GivenKeys givenKeys(GivenKeysProperties given, DataSource database, Clock clock) {
        return new GivenKeys(given.byName(), new KeyStore(database), clock);
    }

    @Bean
    @Lazy
    Keys keys(DataSource database, KnownKeys known, Clock clock) {
        return new Keys(new KeyStore(database), clock, known::reread);
    }

    @Bean
    FilterRegistrationBean<Filter> gate(
            SecurityProperties properties,
            ObjectProvider<Rights> rights,
            ObjectProvider<KnownKeys> keys,
            ObjectProvider<Clock> clock) {
        FilterRegistrationBean<Filter> gate = new FilterRegistrationBean<>();
        if (properties.asksForKeys()) {
            gate.setFilter(
                    new KeyFilter(keys.getObject(), rights.getObject(), new RateLimits(properties, clock.getObject())));
        } else if (properties.perAddress() > 0) {
            gate.setFilter(new AddressLimitFilter(rights.getObject(), new RateLimits(properties, clock.getObject())));
        } else {
            gate.setFilter((request, response, chain) -> chain.doFilter(request, response));
            gate.setEnabled(false);
        }
        gate.setOrder(FILTER_ORDER);
        gate.setDispatcherTypes(DispatcherType.REQUEST);
        return gate;
    }

    @Bean
    FilterRegistrationBean<LocalNamesOnly> localNamesOnly(SecurityProperties properties) {
        FilterRegistrationBean<LocalNamesOnly> registration = new FilterRegistrationBean<>(new LocalNamesOnly());
        registration.setEnabled(!properties.asksForKeys());
        registration.setOrder(NAMES_ORDER);
        return registration;
    }

    @Bean
    KeyReading keyReading(
            SecurityProperties properties, ObjectProvider<GivenKeys> given, ObjectProvider<KnownKeys> keys) {
        return new KeyReading(given::getObject, keys::getObject, properties);
    }

    @Bean
    SecuredApi securedApi(SecurityProperties properties, ObjectProvider<Rights> rights) {
        return new SecuredApi(properties, rights::getObject);
    }
}
