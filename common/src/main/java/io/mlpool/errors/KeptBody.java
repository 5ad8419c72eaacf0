package io.mlpool.errors;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;

/**
 * A body that can be read twice: what cannot be read as what it should be is looked at again, for all that is wrong with it.
 *
 * @param type what it should be
 */
record KeptBody(HttpHeaders headers, byte[] bytes, Type type) implements HttpInputMessage {

    /** Whether the bytes are JSON as it is sent today, which needs no charset to be told. */
    boolean isUnicode() {
        MediaType sent = headers.getContentType();
        return sent == null
                || sent.getCharset() == null
                || sent.getCharset().name().startsWith("UTF-");
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return new ByteArrayInputStream(bytes);
    }
}
