package io.mlpool.signing;

import io.mlpool.model.BrokenBundleException;

/** A bundle without a signature where one is asked for; nothing else is wrong with it. */
public final class UnsignedBundleException extends BrokenBundleException {

    UnsignedBundleException(String message) {
        super(message);
    }
}
