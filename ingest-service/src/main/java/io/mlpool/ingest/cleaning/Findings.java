package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.PrintableText;
import io.mlpool.ingest.cleaning.Finding.Example;
import io.mlpool.ingest.cleaning.Finding.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Counts what is noticed while a payload goes by, and keeps a few examples of each kind. */
public final class Findings {

    private static final int EXAMPLES = 5;
    private static final int TEXT_LENGTH = 160;

    private final Map<Reason, Tally> tallies = new EnumMap<>(Reason.class);

    /** Counts one row; {@code text} is asked for only while examples are still wanted. */
    public void add(Reason reason, long line, Supplier<String> text) {
        Tally tally = tallies.computeIfAbsent(reason, r -> new Tally());
        tally.count++;
        if (tally.examples.size() < EXAMPLES) {
            tally.examples.add(new Example(line, shortened(text.get())));
        }
    }

    public long dropped() {
        return tallies.entrySet().stream()
                .filter(entry -> entry.getKey().outcome() == Outcome.DROPPED)
                .mapToLong(entry -> entry.getValue().count)
                .sum();
    }

    /** All findings so far, in the order of {@link Reason}. */
    public List<Finding> list() {
        return tallies.entrySet().stream()
                .map(entry -> finding(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Finding finding(Reason reason, Tally tally) {
        return new Finding(reason.code(), reason.meaning(), reason.outcome(), tally.count, tally.examples);
    }

    private static String shortened(String text) {
        return PrintableText.of(text.length() <= TEXT_LENGTH ? text : text.substring(0, TEXT_LENGTH) + "...");
    }

    private static final class Tally {
        private long count;
        private final List<Example> examples = new ArrayList<>();
    }
}
