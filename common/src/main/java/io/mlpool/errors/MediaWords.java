package io.mlpool.errors;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** What 415 and 406 say: which media type is not taken here, and which is. */
final class MediaWords {

    private MediaWords() {}

    static String notRead(HttpMediaTypeNotSupportedException e) {
        MediaType sent = e.getContentType();
        String what = sent == null
                ? "the header Content-Type is missing or malformed"
                : "the Content-Type %s/%s is not read here".formatted(sent.getType(), sent.getSubtype());
        return "%s, send %s".formatted(what, listed(e.getSupportedMediaTypes()));
    }

    static String notWritten(HttpMediaTypeNotAcceptableException e) {
        List<MediaType> written = e.getSupportedMediaTypes();
        return written.isEmpty()
                ? "the header Accept is malformed, or names nothing that is written here"
                : "nothing that the header Accept names is written here, this is: " + listed(written);
    }

    /** Those that the manual names; libraries bring others along. */
    private static String listed(List<MediaType> types) {
        String listed = types.stream()
                .filter(type -> !type.isWildcardSubtype() && !type.equals(MediaType.APPLICATION_YAML))
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
        return listed.isEmpty() ? MediaType.APPLICATION_JSON_VALUE : listed;
    }
}
