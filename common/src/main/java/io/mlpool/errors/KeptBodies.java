package io.mlpool.errors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Type;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Keeps the bytes of JSON bodies until they are read; of large ones, which would fill the memory, only the first mistake is told. */
@RestControllerAdvice
final class KeptBodies extends RequestBodyAdviceAdapter {

    static final int MOST_BYTES = 1 << 20;

    @Override
    public boolean supports(
            MethodParameter parameter, Type targetType, Class<? extends HttpMessageConverter<?>> converter) {
        return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type targetType,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        return kept(message, targetType);
    }

    static HttpInputMessage kept(HttpInputMessage message, Type targetType) throws IOException {
        InputStream body = message.getBody();
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        return bytes.length <= MOST_BYTES
                ? new KeptBody(message.getHeaders(), bytes, targetType)
                : new LargeBody(message.getHeaders(), new SequenceInputStream(new ByteArrayInputStream(bytes), body));
    }

    /** One that is read once. */
    private record LargeBody(HttpHeaders headers, InputStream body) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return body;
        }
    }
}
