package io.mlpool.registry;

import java.util.regex.Pattern;

/** What a registered model may be called: names come from requests, and become paths and queries. */
final class ModelName {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    private ModelName() {}

    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }
}
