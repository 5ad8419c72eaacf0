package io.mlpool.errors;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A request whose body fails with {@link BodyRefusedException} behind the limit, or when it does not come in time. */
final class LimitedRequest extends HttpServletRequestWrapper {

    private final long limit;
    private final Duration time;

    LimitedRequest(HttpServletRequest request, long limit, Duration time) {
        super(request);
        this.limit = limit;
        this.time = time;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new LimitedBody(super.getInputStream(), limit, time);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        String encoding = getCharacterEncoding();
        Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }

    private static final class LimitedBody extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private final Duration time;
        private final long begun = System.nanoTime();
        private long count;

        LimitedBody(ServletInputStream body, long limit, Duration time) {
            this.body = body;
            this.limit = limit;
            this.time = time;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return counted(body.read(buffer, offset, length));
            } catch (IOException e) {
                throw isTimeout(e) ? BodyRefusedException.tooSlow() : e;
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        private int counted(int read) throws BodyRefusedException {
            count += Math.max(0, read);
            if (count > limit) {
                throw BodyRefusedException.tooLarge(limit);
            }
            if (read >= 0 && System.nanoTime() - begun > time.toNanos()) {
                throw BodyRefusedException.tooSlow();
            }
            return read;
        }

        /** Tomcat waits for {@code server.tomcat.connection-timeout} between two bytes, and wraps what comes of it. */
        private static boolean isTimeout(IOException e) {
            return e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException;
        }
    }
}
