package io.mlpool.serving.prediction;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.book.BookEntry;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.experiment.TrafficSplits;
import io.mlpool.serving.forecast.Rendered;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where in the book the answers to questions stand that were asked before, byte for byte. What a question means depends on
 * which models are live, so all is forgotten when one changes.
 */
final class KnownQuestions {

    private static final int MOST = 10_000;

    private final LiveForecasters live;
    private final ModelChoice choice;
    private final ForecastBook book;
    private final JsonMapper json;
    private final TrafficSplits traffic;
    private volatile Places places;

    KnownQuestions(LiveForecasters live, ForecastBook book, JsonMapper json, TrafficSplits traffic) {
        this.live = live;
        this.choice = new ModelChoice(live);
        this.book = book;
        this.json = json;
        this.traffic = traffic;
        this.places = new Places(live.edition(), new ConcurrentHashMap<>());
    }

    private record Place(Slot slot, String asset, Horizon horizon) {}

    private record Places(Object edition, Map<Body, Place> byBody) {}

    private record Body(byte[] json) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Body(byte[] bytes) && Arrays.equals(json, bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(json);
        }
    }

    /** The forecast that this body asks for, of the arm that answers who sent it; null when it was not asked before or the book has none. */
    @Nullable Rendered find(byte[] body, HttpServletRequest request) {
        Place place = current().byBody().get(new Body(body));
        if (place == null) {
            return null;
        }
        Slot slot = traffic.slot(request, place.slot(), place.asset());
        Rendered rendered = find(slot, place);
        return rendered == null ? find(place.slot(), place) : rendered;
    }

    private @Nullable Rendered find(Slot slot, Place place) {
        Optional<BookEntry> entry = book.find(slot, place.asset());
        return entry.isPresent() ? entry.get().forecasts().get(place.horizon()) : null;
    }

    /** Remembers what a body asks for that was answered. When there are too many different ones it begins anew. */
    void remember(byte[] body) {
        Map<Body, Place> known = current().byBody();
        if (known.size() >= MOST) {
            known.clear();
        }
        place(json.readValue(body, PredictionRequest.class)).ifPresent(place -> known.put(new Body(body), place));
    }

    /** Empty for candles of the caller's own, and for what has no answer any more. */
    private Optional<Place> place(PredictionRequest question) {
        String asset = question.asset();
        if (asset == null || question.candles() != null) {
            return Optional.empty();
        }
        try {
            Slot slot = choice.champion(question.interval()).slot();
            return book.find(slot, asset)
                    .map(entry -> entry.forecasts().navigableKeySet())
                    .filter(horizons -> !horizons.isEmpty())
                    .map(horizons -> new Place(slot, asset, ModelChoice.horizon(question.horizon(), horizons)));
        } catch (InvalidRequestException | RefusedException _) {
            return Optional.empty();
        }
    }

    private Places current() {
        Places known = places;
        Object edition = live.edition();
        if (known.edition() != edition) {
            known = new Places(edition, new ConcurrentHashMap<>());
            places = known;
        }
        return known;
    }
}
