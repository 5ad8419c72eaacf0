package io.mlpool.security;

import java.util.Locale;

/** What a key allows. No scope contains another: a key has as many as its work needs. */
public enum Scope {
    /** Look at data, models, forecasts of before, measurements. */
    READ,
    /** Ask models. */
    PREDICT,
    /** Bring data in and train. */
    TRAIN,
    /** Decide what is live, and who may do what. */
    ADMIN;

    /** As it stands in requests and tables: {@code predict}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
