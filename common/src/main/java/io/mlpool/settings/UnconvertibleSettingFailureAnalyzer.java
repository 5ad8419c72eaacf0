package io.mlpool.settings;

import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.env.Environment;

/** Tells who started a service which of Spring Boot's own settings cannot be, such as {@code server.port}, where that is read and not bound. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnconvertibleSettingFailureAnalyzer extends AbstractFailureAnalyzer<ConversionFailedException> {

    private final Environment settings;

    UnconvertibleSettingFailureAnalyzer(Environment settings) {
        this.settings = settings;
    }

    /** Spring Boot names the setting in the cause of what went wrong with its value. */
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConversionFailedException cause) {
        return cause.getCause() instanceof InvalidConfigurationPropertyValueException named
                ? written(named.getName())
                        .refused(Bindable.of(cause.getTargetType().getType()), cause.getValue(), cause)
                : null;
    }

    private WrittenSetting written(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        return StreamSupport.stream(ConfigurationPropertySources.get(settings).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(found -> WrittenSetting.of(property, found.getValue(), found.getOrigin()))
                .orElseGet(() -> WrittenSetting.of(property, null, null));
    }
}
