package io.mlpool.serving.performance;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.LiveCorrection;
import io.mlpool.serving.forecast.ErrorRatios;
import io.mlpool.serving.forecast.Experience;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What each live version has learned from its outcomes: read from the database when a candle closes, remembered until the next. A new version
 * begins with none, on its bundle's own calibration.
 */
public final class Experiences {

    /** Assets whose candles end at other times than those of the rest are few; the older ones get what is newest. */
    private static final int MOST_TIMES = 8;

    private final Measures measures;
    private final CorrectionStore corrections;
    private final ErrorRatioStore ratios;
    private final LiveForecasters live;
    private final Map<Version, Learned> remembered = new ConcurrentHashMap<>();

    Experiences(Measures measures, CorrectionStore corrections, ErrorRatioStore ratios, LiveForecasters live) {
        this.measures = measures;
        this.corrections = corrections;
        this.ratios = ratios;
        this.live = live;
    }

    private record Version(String model, int version) {

        static Version of(LiveForecaster model) {
            return new Version(model.slot().model(), model.version().version());
        }
    }

    /** @param day at whose beginning the ratios were known */
    private record Learned(Experience experience, LocalDate day) {}

    /** For forecasts of known assets, as of these times. */
    public Experience learn(LiveForecaster model, Collection<Instant> asOfs) {
        Version version = Version.of(model);
        Set<Instant> times = newest(asOfs);
        if (times.isEmpty()) {
            return newest(model);
        }
        Learned before = remembered.get(version);
        LocalDate today = Collections.max(times).atOffset(ZoneOffset.UTC).toLocalDate();
        if (before != null
                && before.day().equals(today)
                && before.experience().corrections().keySet().containsAll(times)) {
            return before.experience();
        }
        if (before == null) {
            measures.keep(model);
            forgetAllBut(live.all());
        }
        Experience experience = read(model, version, times, today);
        remembered.put(version, new Learned(experience, today));
        return experience;
    }

    /** For candles that a caller sends, which are no asset's: what was learned last. */
    public Experience newest(LiveForecaster model) {
        Learned learned = remembered.get(Version.of(model));
        if (learned == null) {
            return none(model);
        }
        Experience known = learned.experience();
        return new Experience(
                Map.of(), known.newest(), new ErrorRatios(known.ratios().all(), Map.of()));
    }

    private Experience read(LiveForecaster model, Version version, Set<Instant> times, LocalDate today) {
        Map<Instant, List<LiveCorrection>> byTime = new HashMap<>(corrections.at(model, times));
        List<LiveCorrection> newest =
                Objects.requireNonNull(byTime.get(Collections.max(times)), "a correction is made for each time");
        Learned before = remembered.get(version);
        ErrorRatios known = before != null && before.day().equals(today)
                ? before.experience().ratios()
                : ratios.before(model, today);
        return new Experience(byTime, newest, known);
    }

    private void forgetAllBut(List<LiveForecaster> models) {
        remembered.keySet().retainAll(models.stream().map(Version::of).collect(Collectors.toSet()));
    }

    private static Experience none(LiveForecaster model) {
        ForecastShape shape = model.manifest().shape();
        return Experience.none(shape.horizons().size(), shape.levels().size());
    }

    private static Set<Instant> newest(Collection<Instant> times) {
        return times.stream()
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(MOST_TIMES)
                .collect(Collectors.toSet());
    }
}
