package io.mlpool.settings;

/** Something was set that nobody heeds; the message names it and what may have been meant. */
final class UnknownSettingException extends RuntimeException {

    UnknownSettingException(String message) {
        super(message);
    }
}
