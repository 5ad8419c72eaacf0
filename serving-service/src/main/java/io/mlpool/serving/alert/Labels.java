package io.mlpool.serving.alert;

import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.state.AlertState;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads states and severities in addresses as they are written everywhere. */
final class Labels implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, AlertState.class, (Converter<String, AlertState>) AlertState::of);
        registry.addConverter(String.class, Severity.class, (Converter<String, Severity>) Severity::of);
    }
}
