package io.mlpool.standalone;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A line for each step: what is done, what came of it, how long it took. */
final class Steps {

    private final PrintStream out;

    Steps(PrintStream out) {
        this.out = out;
    }

    /** Does a step; {@code outcome} says in words what came of it. */
    <T> T step(String name, Supplier<T> work, Function<T, String> outcome) {
        boolean terminal = onTerminal();
        if (terminal) {
            out.printf("  %-12s ...", name);
            out.flush();
        }
        long start = System.nanoTime();
        T result = work.get();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        out.printf(
                Locale.ROOT,
                "%s  %-12s %s  (%.1f s)%n",
                terminal ? "\r" : "",
                name,
                outcome.apply(result),
                took.toMillis() / 1000.0);
        return result;
    }

    /** Whether a person watches: a line can then be overwritten. */
    static boolean onTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Where steps are told. */
    PrintStream out() {
        return out;
    }

    void line(String text) {
        out.println(text);
    }
}
