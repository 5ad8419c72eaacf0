package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names of events in the database and in the event stream, and the column of the run that shows the latest one. */
enum EventKind {
    STAGE("stage", RunEvent.Stage.class, "progress"),
    DESCRIPTION("description", RunEvent.Described.class, null),
    SNAPSHOT("snapshot", RunEvent.Snapshot.class, "snapshot"),
    EPOCH("epoch", RunEvent.EpochFinished.class, "progress"),
    FOLD("fold", RunEvent.FoldJudged.class, null),
    SCORE("score", RunEvent.Tried.class, "score"),
    EVALUATION("evaluation", RunEvent.Evaluated.class, "evaluation"),
    DECISION("decision", RunEvent.Decided.class, "decision"),
    STATE("state", RunEvent.StateChanged.class, null);

    private final String label;
    private final Class<? extends RunEvent> type;
    private final @Nullable String column;

    EventKind(String label, Class<? extends RunEvent> type, @Nullable String column) {
        this.label = label;
        this.type = type;
        this.column = column;
    }

    static EventKind of(RunEvent event) {
        return switch (event) {
            case RunEvent.Stage _ -> STAGE;
            case RunEvent.Described _ -> DESCRIPTION;
            case RunEvent.Snapshot _ -> SNAPSHOT;
            case RunEvent.EpochFinished _ -> EPOCH;
            case RunEvent.FoldJudged _ -> FOLD;
            case RunEvent.Tried _ -> SCORE;
            case RunEvent.Evaluated _ -> EVALUATION;
            case RunEvent.Decided _ -> DECISION;
            case RunEvent.StateChanged _ -> STATE;
        };
    }

    static EventKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no event of a run is called '%s'".formatted(label)));
    }

    String label() {
        return label;
    }

    Class<? extends RunEvent> type() {
        return type;
    }

    /** None when the run does not show the latest one. */
    @Nullable String column() {
        return column;
    }
}
