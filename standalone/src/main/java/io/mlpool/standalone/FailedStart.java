package io.mlpool.standalone;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

/** Hears why a service does not start, and has it in the words that the service itself puts into the log. */
final class FailedStart implements ApplicationListener<ApplicationFailedEvent> {

    private static final String BEGINNING = "The service did not start: ";

    private Optional<String> why = Optional.empty();

    @Override
    public void onApplicationEvent(ApplicationFailedEvent event) {
        why = analyzers(event.getApplicationContext()).stream()
                .flatMap(analyzer -> Stream.ofNullable(analyzer.analyze(event.getException())))
                .findFirst()
                .map(FailedStart::inWords);
    }

    /** What is wrong and what to do, on one line. */
    String inWords(RuntimeException failure) {
        return why.orElseGet(() -> innermost(failure));
    }

    private static List<FailureAnalyzer> analyzers(@Nullable ConfigurableApplicationContext context) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments(context), (type, name, failure) -> {
                    // Spring Boot passes over those that need more than there is by now, too.
                });
    }

    private static @Nullable ArgumentResolver arguments(@Nullable ConfigurableApplicationContext context) {
        return context == null
                ? null
                : ArgumentResolver.of(BeanFactory.class, context.getBeanFactory())
                        .and(Environment.class, context.getEnvironment());
    }

    private static String inWords(FailureAnalysis analysis) {
        String words = Stream.of(analysis.getDescription(), analysis.getAction())
                .flatMap(Stream::ofNullable)
                .map(text -> text.replaceAll("\\s+", " ").strip())
                .map(text -> text.matches(".*[.?!]") ? text : text + ".")
                .collect(Collectors.joining(" "));
        return words.startsWith(BEGINNING) ? words.substring(BEGINNING.length()) : words;
    }

    /** What is wrong stands at the bottom of Spring's exceptions; above it are the beans that needed each other. */
    private static String innermost(Throwable failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
