package io.mlpool.serving.experiment.evidence;

import io.mlpool.model.Horizon;

/**
 * Paired forecasts of both arms, about the same assets at the same times, over a block of time at one horizon.
 *
 * @param block number of the block, from 0
 * @param complete whether nothing can be added to it any more
 * @param possible at how many times there could have been pairs
 * @param times at how many there were
 * @param pairs how many whose outcome is known
 */
public record Stretch(
        int block,
        Horizon horizon,
        boolean complete,
        int possible,
        int times,
        long pairs,
        Tally control,
        Tally challenger) {

    public Stretch {
        if (block < 0 || times > possible || pairs < times) {
            throw new IllegalArgumentException("of %d times %d have %d pairs in block %d, which cannot be"
                    .formatted(possible, times, pairs, block));
        }
    }

    /** Less than half of a block says too little of it to count as much as the others. */
    boolean counts() {
        return complete && 2 * times >= possible && control.loss() > 0 && challenger.loss() > 0;
    }

    /** Logarithm of the challenger's loss over the control's: what is the same for calm and wild times, and turns its sign when the arms are exchanged. */
    double logRatio() {
        return Math.log(challenger.loss() / control.loss());
    }
}
