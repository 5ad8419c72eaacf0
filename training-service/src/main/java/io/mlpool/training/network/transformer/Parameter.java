package io.mlpool.training.network.transformer;

/**
 * A named matrix within the numbers of an encoder, row by row.
 *
 * @param offset of its first number
 */
record Parameter(String name, Role role, int offset, int rows, int columns) {

    /** What it is for, which decides how it begins and whether it decays. */
    enum Role {
        /** Multiplies; begins at random with a variance of one over its rows. */
        WEIGHT,
        /** Multiplies what is added to a token; begins smaller the more blocks add to it. */
        RESIDUAL,
        /** Is added; begins at zero. */
        BIAS,
        /** Multiplies what has been normalised; begins at one. */
        GAIN,
        /** Tells tokens apart by their place; begins small and random. */
        POSITION
    }

    int size() {
        return rows * columns;
    }

    int end() {
        return offset + size();
    }

    boolean decays() {
        return role == Role.WEIGHT || role == Role.RESIDUAL;
    }
}
