package io.mlpool.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Says of which file it is that it cannot be decrypted: the cipher only knows bytes. */
final class DecryptedStream extends InputStream {

    private final InputStream plain;
    private final Path file;
    private final Path keys;

    DecryptedStream(InputStream plain, Path file, Path keys) {
        this.plain = plain;
        this.file = file;
        this.keys = keys;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return plain.read(bytes, offset, length);
        } catch (IOException e) {
            throw EncryptedFileException.undecipherable(file, keys, e);
        }
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
