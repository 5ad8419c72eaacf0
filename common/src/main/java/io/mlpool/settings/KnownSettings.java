package io.mlpool.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All settings of all services, for services share an environment. They stand in {@code known.txt}, one a line; a {@code *} is for what the user
 * names, and no property but a variable is what begins with a capital.
 */
final class KnownSettings {

    /** So far may a variable be from a known one to be taken for that one misspelt, and not for somebody else's. */
    private static final int MISSPELT = 2;

    private static final String NAMED_BY_USER = ".*";

    private final List<String> properties;
    private final List<String> variables;

    KnownSettings() {
        List<String> lines = lines();
        properties = lines.stream().filter(line -> line.startsWith("mlpool.")).toList();
        variables = Stream.concat(
                        lines.stream().filter(line -> !line.startsWith("mlpool.")),
                        properties.stream().flatMap(KnownSettings::variables))
                .toList();
    }

    /** Properties as the code binds them. */
    List<String> properties() {
        return properties;
    }

    /** Whether a service binds this property, however it is spelt: {@code mlpool.training.heldOut}. */
    boolean isProperty(String name) {
        String plain = plain(name);
        return properties.stream()
                .anyMatch(known -> known.endsWith(NAMED_BY_USER)
                        ? (plain + ".").startsWith(plain(withoutEnd(known)) + ".")
                        : plain(known).equals(plain));
    }

    /** Whether this variable of the environment sets something. */
    boolean isVariable(String name) {
        String single = name.replaceAll("_\\d+_?$", "");
        return variables.stream()
                .anyMatch(known -> known.endsWith("*")
                        ? name.startsWith(known.substring(0, known.length() - 1))
                        : known.equals(name) || known.equals(single));
    }

    /** The known property that looks most like this one. */
    String propertyLike(String name) {
        return nearest(name.toLowerCase(Locale.ROOT), properties);
    }

    /** The known variable that this one is meant to be; empty where it may well be something else. */
    Optional<String> variableLike(String name) {
        return Optional.of(nearest(name, variables)).filter(known -> Misspelling.distance(name, known) <= MISSPELT);
    }

    private static String nearest(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(one -> Misspelling.distance(name, one)))
                .orElseThrow();
    }

    /** With hyphens as underscores, which people write, and without, which Spring documents. */
    private static Stream<String> variables(String property) {
        String dotless = property.toUpperCase(Locale.ROOT).replace('.', '_');
        return Stream.of(dotless.replace('-', '_'), dotless.replace("-", "")).distinct();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("\\[[^]]*]|[-_]", "");
    }

    private static String withoutEnd(String known) {
        return known.substring(0, known.length() - NAMED_BY_USER.length());
    }

    private static List<String> lines() {
        try (InputStream in = Objects.requireNonNull(KnownSettings.class.getResourceAsStream("known.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the list of settings cannot be read from the jar", e);
        }
    }
}
