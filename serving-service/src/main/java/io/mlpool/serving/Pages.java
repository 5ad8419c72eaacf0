package io.mlpool.serving;

import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The page at {@code /} with its files below {@code /page}, and the reference at {@code /redoc}. The files are not where Spring Boot looks
 * for some by itself: on one class path with the other services, these would show them too.
 */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {

    private static final String FILES = "classpath:/io/mlpool/serving/page/";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/page/index.html");
        registry.addViewController("/redoc").setViewName("forward:/page/redoc.html");
    }

    /** Files of others have their version in the name and never change; ours are asked for anew, which an unchanged one answers with 304. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/page/vendor/**")
                .addResourceLocations(FILES + "vendor/")
                .setCacheControl(
                        CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable());
        registry.addResourceHandler("/page/**").addResourceLocations(FILES).setCacheControl(CacheControl.noCache());
    }
}
