package io.mlpool.errors;

import jakarta.validation.Validator;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.FixedLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** What a service imports to refuse requests as all services of the pool do, and to read JSON as strictly as they do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodyLimitProperties.class)
@Import({
    ErrorAnswers.class,
    ContainerErrors.class,
    BodyLimitFilter.class,
    JsonHabits.class,
    KeptBodies.class,
    UnreadableRequests.class
})
public class ErrorConfiguration implements WebMvcConfigurer {

    @Bean
    JsonReading jsonReading(JsonMapper json, ObjectProvider<Validator> validators) {
        return new JsonReading(json, validators);
    }

    /** Errors are in English, whatever the language of the machine or of the caller's browser. */
    @Bean
    LocaleResolver localeResolver() {
        return new FixedLocaleResolver(Locale.ENGLISH);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new EncodedBodies());
        interceptors.addInterceptor(new EmptyParameters());
    }
}
