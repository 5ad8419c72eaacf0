package io.mlpool.errors;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What a service imports to refuse requests as all services of the pool do, and to read JSON as strictly as they do. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BodyLimitProperties.class)
@Import({ErrorAnswers.class, ContainerErrors.class, BodyLimitFilter.class, JsonHabits.class, UnreadableRequests.class})
public class ErrorConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new EmptyParameters());
    }
}
