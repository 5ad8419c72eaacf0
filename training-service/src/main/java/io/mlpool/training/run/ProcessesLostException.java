package io.mlpool.training.run;

/** Processes died in a training one after the other, and none is known to have got further than the first of them: the next one would die too. */
public final class ProcessesLostException extends RuntimeException {

    /** So many are bad luck; a process is also lost with its node, or ended by somebody. */
    private static final int MOST = 3;

    private ProcessesLostException(int lost) {
        super(
                "%d processes ended in it one after the other and none got further than the first: most likely memory did not suffice. Give training more (MLPOOL_MEMORY of ./mlpool, a container's limit), or ask for less under another id: fewer assets, fewer windows or samples, or a cheaper algorithm"
                        .formatted(lost));
    }

    /**
     * Checks whether a training is worth beginning again.
     *
     * @param lost processes that died in it since one got further
     * @throws ProcessesLostException when it is not
     */
    public static void requireHope(int lost) {
        if (lost >= MOST) {
            throw new ProcessesLostException(lost);
        }
    }
}
