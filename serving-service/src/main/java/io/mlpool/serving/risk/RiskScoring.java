package io.mlpool.serving.risk;

import io.mlpool.risk.RiskRow;
import io.mlpool.serving.live.LiveSlots;
import io.mlpool.serving.live.Slot;
import io.mlpool.serving.market.Slices;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the scores up to date: each live model is asked about every asset of which something new is known, and what it says is
 * stored once. Whoever calls it, however often: what is scored is left alone.
 */
final class RiskScoring {

    /** A year of hourly candles of so many lies in memory at once: 35 MB. */
    private static final int MOST_AT_ONCE = 100;

    /** Between the times of these: an asset that was delisted years ago would else make all of them be read over these years. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private final LiveSlots<LiveRiskModel> live;
    private final RiskDue due;
    private final RiskEvidence evidence;
    private final RiskStore store;

    RiskScoring(LiveSlots<LiveRiskModel> live, RiskDue due, RiskEvidence evidence, RiskStore store) {
        this.live = live;
        this.due = due;
        this.evidence = evidence;
        this.store = store;
    }

    /** Once; gives how many scores were new. */
    int update() {
        return live.all().stream()
                .map(LiveRiskModel::slot)
                .mapToInt(this::update)
                .sum();
    }

    private int update(Slot slot) {
        return live.attend(slot, this::update).orElse(0);
    }

    private int update(LiveRiskModel model) {
        RiskScore.Model who = RiskScore.Model.of(model);
        Set<Map.Entry<String, Instant>> asked =
                due.of(who, model.model().definition()).entrySet();
        return Slices.of(asked, Map.Entry::getValue, MOST_AT_ONCE, LONGEST).stream()
                .mapToInt(slice -> score(
                        model, who, slice.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))))
                .sum();
    }

    private int score(LiveRiskModel model, RiskScore.Model who, Map<String, Instant> asked) {
        List<RiskRow> rows = evidence.rows(model.model().definition(), asked);
        List<RiskScore> scores = model.model().assess(rows).stream()
                .map(said -> RiskScore.of(who, said))
                .toList();
        int added = store.save(scores);
        Map<String, Instant> refused = new HashMap<>(asked);
        rows.forEach(row -> refused.remove(row.asset()));
        due.inVain(who, refused);
        return added;
    }
}
