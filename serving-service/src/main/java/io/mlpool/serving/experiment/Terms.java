package io.mlpool.serving.experiment;

/**
 * What was agreed when an experiment began; never changed afterwards.
 *
 * @param challengerShare of the callers that the challenger answers; 0 in shadow mode
 * @param confidence probability that the interval holds the truth at all looks together
 * @param longestDays after which it ends undecided
 */
record Terms(
        Mode mode, double challengerShare, double confidence, OnWin onWin, int longestDays, Guardrails guardrails) {

    Terms {
        if (!(challengerShare >= 0 && challengerShare <= 1) || (mode == Mode.SHADOW && challengerShare != 0)) {
            throw new IllegalArgumentException(
                    "a share lies between 0 and 1 and is 0 in shadow mode, found " + challengerShare);
        }
        if (!(confidence > 0 && confidence < 1) || longestDays < 1) {
            throw new IllegalArgumentException(
                    "confidence lies between 0 and 1 and days are at least 1, found %s and %d"
                            .formatted(confidence, longestDays));
        }
    }
}
