package io.mlpool.serving;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.TransformedResource;

/**
 * The page at {@code /} with its files below {@code /page}, and the reference at {@code /redoc}. The files are not where Spring Boot looks
 * for some by itself: on one class path with the other services, these would show them too.
 */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {

    private static final String LOGO = "https://cdn.redoc.ly/redoc/logo-mini.svg";
    private static final String FILES = "classpath:/io/mlpool/serving/page/";

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/page/index.html");
        registry.addViewController("/favicon.ico").setViewName("forward:/page/icon.svg");
        registry.addViewController("/redoc").setViewName("forward:/page/redoc.html");
    }

    /** Files of others have their version in the name and never change; ours are asked for anew, which an unchanged one answers with 304. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/webjars/redoc/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/redoc/")
                .resourceChain(true)
                .addTransformer(Pages::withoutLogo);
        registry.addResourceHandler("/page/vendor/**")
                .addResourceLocations(FILES + "vendor/")
                .setCacheControl(
                        CacheControl.maxAge(365, TimeUnit.DAYS).cachePublic().immutable());
        registry.addResourceHandler("/page/**").addResourceLocations(FILES).setCacheControl(CacheControl.noCache());
    }

    /** Redoc fetches its maker's logo, which our policy forbids; it leaves out one that cannot be shown. */
    private static Resource withoutLogo(HttpServletRequest request, Resource resource, ResourceTransformerChain chain)
            throws IOException {
        Resource script = chain.transform(request, resource);
        return new TransformedResource(
                script,
                script.getContentAsString(StandardCharsets.UTF_8)
                        .replace(LOGO, "data:,")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
