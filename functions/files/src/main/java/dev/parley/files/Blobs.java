package dev.parley.files;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the bytes of files are. They go there and come from there by addresses that are good for five minutes, past every function. A
 * store that does not answer is 503 {@code store.unavailable}.
 */
public interface Blobs {
    /** What to send. @param headers to be sent exactly so */
    record Address(String method, String url, Map<String, String> headers, Instant expiresAt) {}

    /** A range of bytes, both ends within. */
    record Range(long first, long last) {}

    /** What became of putting parts together. */
    enum Finished {
        DONE,
        /** There is neither such an upload nor its object. */
        GONE,
        /** A part is missing, or is not what was listed. */
        REFUSED
    }

    /** Begins an upload in parts. @return what the store calls it */
    String begin(String blob, String type);

    /** Where one part is sent: exactly {@code size} bytes of exactly this hash. @param number from 1 */
    Address part(String blob, String upload, int number, long size, byte[] sha256);

    /** The parts that have arrived: their sizes, by number; empty when there is no such upload. */
    Optional<Map<Integer, Long>> parts(String blob, String upload);

    /** Puts together all parts that have arrived. Done again, it is done. */
    Finished finish(String blob, String upload);

    /** Forgets an upload and its parts, if there is one. */
    void abandon(String blob, String upload);

    /** An upload that was begun. */
    record Unfinished(String blob, String upload) {}

    /** Uploads that were begun before, and neither finished nor forgotten. */
    List<Unfinished> unfinished(Instant before, int limit);

    /** Where the bytes are read, offered under a file's name. @param range all of it when empty, and then also any part */
    Address read(String blob, String name, String type, Optional<Range> range);

    /** How many bytes are there; empty when nothing is. */
    OptionalLong size(String blob);

    /** All bytes; empty when there are none. To be closed. */
    Optional<InputStream> open(String blob, long size);

    /** Removes the bytes, if there are any. */
    void remove(String blob);
}
