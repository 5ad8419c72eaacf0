package io.mlpool.ingest.cleaning;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One kind of thing noticed in a payload.
 *
 * @param reason stable code, lower case with underscores
 * @param meaning the same in words, with what was done about it
 * @param outcome what became of the rows
 * @param count how many rows
 * @param examples the first few of them
 */
public record Finding(String reason, String meaning, Outcome outcome, long count, List<Example> examples) {

    public Finding {
        examples = List.copyOf(examples);
    }

    /**
     * One row it was noticed at.
     *
     * @param line where it stands in the payload, counted from 1; 0 when it is about the payload as a whole
     * @param text what was found there
     */
    public record Example(long line, String text) {}

    /** What became of the rows. */
    public enum Outcome {
        /** Not stored. */
        @JsonProperty("dropped")
        DROPPED,
        /** Stored with a flag. */
        @JsonProperty("flagged")
        FLAGGED,
        /** Stored as it is; worth knowing. */
        @JsonProperty("noted")
        NOTED
    }
}
