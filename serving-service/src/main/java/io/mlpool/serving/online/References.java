package io.mlpool.serving.online;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads which features are meant: {@code view:feature}, or a whole view. */
final class References<S extends FeatureSource> {

    private final List<S> sources;
    private final String whatAViewIs;

    /**
     * Reads against what there is.
     *
     * @param whatAViewIs for those who name one that is none
     */
    References(List<S> sources, String whatAViewIs) {
        this.sources = List.copyOf(sources);
        this.whatAViewIs = whatAViewIs;
    }

    /** A feature by its position in its view. */
    record Reference<S extends FeatureSource>(S source, int index) {

        String name(boolean full) {
            String feature = source.features().get(index);
            return full ? source.name() + "__" + feature : feature;
        }
    }

    /**
     * Asks each source once.
     *
     * @param question gives a column for each of the positions
     * @return in the order of the references
     */
    static <S extends FeatureSource> List<List<Cell>> ask(
            List<Reference<S>> references, BiFunction<S, List<Integer>, List<List<Cell>>> question) {
        Map<S, List<Reference<S>>> bySource =
                references.stream().distinct().collect(Collectors.groupingBy(Reference::source));
        Map<Reference<S>, List<Cell>> columns = new HashMap<>();
        bySource.forEach((source, of) -> {
            List<List<Cell>> answered =
                    question.apply(source, of.stream().map(Reference::index).toList());
            for (int i = 0; i < of.size(); i++) {
                columns.put(of.get(i), answered.get(i));
            }
        });
        return references.stream()
                .map(reference -> Objects.requireNonNull(columns.get(reference)))
                .toList();
    }

    /** @throws InvalidRequestException when none or both are given, or something is named that is not there */
    List<Reference<S>> read(@Nullable List<String> features, @Nullable String service) {
        if ((service == null) == (features == null)) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "features"),
                    "Input should have one of \"features\": [%s] and \"feature_service\": \"%s\", found %s"
                            .formatted(example(), anyView(), service == null ? "none" : "both"),
                    null);
        }
        return service != null ? whole(service) : each(features == null ? List.of() : features);
    }

    private List<Reference<S>> whole(String name) {
        S source = source(name, List.of("body", "feature_service"));
        return IntStream.range(0, source.features().size())
                .mapToObj(i -> new Reference<>(source, i))
                .toList();
    }

    private List<Reference<S>> each(List<String> features) {
        List<Reference<S>> references = new ArrayList<>();
        List<ErrorDetail> wrong = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            try {
                references.add(reference(features.get(i), List.of("body", "features", i)));
            } catch (InvalidRequestException e) {
                wrong.addAll(e.details());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(wrong);
        }
        return references;
    }

    private Reference<S> reference(String text, List<Object> place) {
        int colon = text.indexOf(':');
        S source = source(colon < 0 ? text : text.substring(0, colon), place);
        int index = colon < 0 ? -1 : source.features().indexOf(text.substring(colon + 1));
        if (index < 0) {
            throw InvalidRequestException.of(
                    "enum",
                    place,
                    "Input should be written view:feature, which is %s: and one of %s"
                            .formatted(source.name(), source.features()),
                    text);
        }
        return new Reference<>(source, index);
    }

    private S source(String name, List<Object> place) {
        return sources.stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidRequestException.of(
                        "enum",
                        place,
                        "Input should name a view, %s, which is one of %s"
                                .formatted(
                                        whatAViewIs,
                                        sources.stream()
                                                .map(FeatureSource::name)
                                                .toList()),
                        name));
    }

    /** A view and a feature that there are, to show how they are written. */
    private String example() {
        return sources.isEmpty()
                ? "\"view:feature\""
                : "\"%s:%s\"".formatted(anyView(), sources.getFirst().features().getFirst());
    }

    private String anyView() {
        return sources.isEmpty() ? "view" : sources.getFirst().name();
    }
}
