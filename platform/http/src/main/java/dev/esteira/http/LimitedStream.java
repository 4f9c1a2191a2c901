package dev.esteira.http;

import dev.esteira.kernel.EsteiraException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that ends with an error beyond its limit. */
final class LimitedStream extends FilterInputStream {

    private final long limit;
    private long read;

    LimitedStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        var unit = super.read();
        if (unit >= 0) {
            count(1);
        }
        return unit;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        if (count > 0) {
            count(count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        var skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        read += more;
        if (read > limit) {
            throw tooLarge(limit);
        }
    }

    static EsteiraException tooLarge(long limit) {
        return new EsteiraException(
                HttpErrorCode.BODY_TOO_LARGE,
                "The body is larger than the " + limit + " bytes that this address takes.",
                "Send less at once.");
    }
}
