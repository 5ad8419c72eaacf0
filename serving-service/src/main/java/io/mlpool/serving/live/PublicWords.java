package io.mlpool.serving.live;

import java.util.regex.Pattern;

/** What the log and the health of the service say of a bundle, without its folders: for callers over HTTP. */
final class PublicWords {

    /** An absolute path of two names at least; not the path of an address, nor ./mlpool. */
    private static final Pattern FOLDER = Pattern.compile("(?<![\\w.:/])/(?:[^\\s/:,;']+/)+([^\\s/:,;']+)");

    private PublicWords() {}

    /** Each path by its last name. */
    static String of(String reason) {
        return FOLDER.matcher(reason).replaceAll("$1");
    }
}
