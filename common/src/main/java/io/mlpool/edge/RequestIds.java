package io.mlpool.edge;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Names for requests: the caller's where it is sane, else 16 hexadecimal digits that this process does not give twice. */
final class RequestIds {

    private static final int LONGEST = 64;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    /** Begins where no other process is likely to be. */
    private final AtomicLong counter = new AtomicLong(new SecureRandom().nextLong());

    /** For a request that came with this header; null when it came without. */
    String of(@Nullable String sent) {
        return sent != null && isSane(sent) ? sent : next();
    }

    /** SplitMix64: different counts give different names, and they look unrelated. */
    private String next() {
        long bits = counter.getAndAdd(GOLDEN);
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        bits ^= bits >>> 31;
        byte[] text = new byte[16];
        for (int i = 0; i < text.length; i++) {
            text[i] = DIGITS[(int) (bits >>> (4 * i)) & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** What cannot break a line of a log or a header, and is short enough to be kept. */
    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean sane = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!sane) {
                return false;
            }
        }
        return true;
    }
}
