package dev.parley.platform.objects;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Bytes of one version of an object; a connection that is cut is replaced by another from the byte on that was not read. */
final class ReopenedStream extends InputStream {
    /** How often in a row a connection may end without a single byte. */
    private static final int FRUITLESS = 3;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final String etag;
    private final long end;
    private long position;
    private int fruitless;
    private ResponseInputStream<GetObjectResponse> open;

    /** @param end behind the last byte */
    ReopenedStream(S3Client client, String bucket, String key, String etag, long position, long end) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.etag = etag;
        this.position = position;
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            int read = readSome(into, offset, (int) Math.min(length, end - position));
            if (read > 0) {
                position += read;
                fruitless = 0;
                return read;
            }
        }
        return -1;
    }

    /** How many bytes came, 0 when the connection ended and another may be tried. */
    private int readSome(byte[] into, int offset, int length) throws IOException {
        IOException cause;
        try {
            if (open == null) {
                var range = new Reading.Range(position, end - 1);
                open = client.getObject(
                        get -> get.bucket(bucket).key(key).ifMatch(etag).range(range.header()));
            }
            int read = open.read(into, offset, length);
            if (read > 0) {
                return read;
            }
            cause = new IOException("The connection ended at byte " + position + " of " + end);
        } catch (IOException e) {
            cause = e;
        } catch (SdkException e) {
            throw new IOException("The object cannot be read from byte " + position + " on", e);
        }
        drop();
        fruitless++;
        if (fruitless > FRUITLESS) {
            throw cause;
        }
        return 0;
    }

    private void drop() {
        if (open != null) {
            open.abort();
            open = null;
        }
    }

    @Override
    public void close() {
        drop();
    }
}
