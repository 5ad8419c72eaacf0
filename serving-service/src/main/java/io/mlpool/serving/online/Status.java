package io.mlpool.serving.online;

/** Whether there is a value, and which it is; Feast's words. */
enum Status {
    PRESENT,
    /** There is a row, and in it the value cannot be known. */
    NULL_VALUE,
    NOT_FOUND,
    OUTSIDE_MAX_AGE
}
