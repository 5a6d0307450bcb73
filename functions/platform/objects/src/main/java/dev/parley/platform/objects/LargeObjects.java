package dev.parley.platform.objects;

import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A store of large objects in an S3 bucket, AWS's or another server's. Bytes do not pass through a function: whoever sends or reads is given
 * signed addresses, good for {@link #ADDRESS_LIFETIME}, and talks to the store.
 *
 * <p>What a signed address allows is checked by the store, not by its user: the method, the key, the upload and number of a part, its exact size
 * and SHA-256, and the range of a reading that has one. Another size or range is 403, other bytes are 400 {@code BadDigest}, an address that has
 * expired is 403. What the whole of an upload is, no store checks: who finishes one reads it with {@link #open} before anybody else may.
 *
 * <p>Keys are of {@code A-Z a-z 0-9 / _ . -}, 1 to 512 of them, none in front a slash; another is an IllegalArgumentException. A store that does not
 * answer, or refuses these credentials, is 503 {@code store.unavailable}. Thread-safe.
 */
public interface LargeObjects {
    /** How long a signed address is good for, from its signing. */
    Duration ADDRESS_LIFETIME = Duration.ofMinutes(5);
    /** The fewest bytes of a part, 5 MiB, but for the last of an upload. */
    long SMALLEST_PART = 5L << 20;
    /** The most bytes of a part, 5 GiB. */
    long LARGEST_PART = 5L << 30;
    /** The most parts of an upload. */
    int MOST_PARTS = 10_000;

    /**
     * The store that {@code FILES_URI} names. Connects at the first use.
     *
     * @param clock for when addresses expire
     * @throws SettingsException when it is no {@code s3:} address of a bucket
     */
    static LargeObjects of(Settings settings) {
        return BucketLargeObjects.of(Bucket.of(settings));
    }

    /**
     * Begins an upload in parts. It stays, with the parts that arrive, until it is finished or abandoned.
     *
     * @param contentType as readers are told who ask for no other
     * @return the upload's id, opaque, at most 1024 characters
     */
    String begin(String key, String contentType);

    /**
     * The address that takes one part by PUT; a part that is sent again replaces itself.
     *
     * @param number from 1 to {@link #MOST_PARTS}, in the order of the bytes
     * @param size exact, in bytes: at most {@link #LARGEST_PART}
     * @param sha256 of the part, 32 bytes
     */
    SignedRequest part(String key, String upload, int number, long size, byte[] sha256);

    /** The parts that have arrived, in the order of their numbers; absent when the store knows no such upload, because it was finished or abandoned. */
    Optional<List<Part>> parts(String key, String upload);

    /**
     * Puts the object together. The object is there whole, or not at all.
     *
     * @param parts all of them, as {@link #parts} listed them
     */
    Finish finish(String key, String upload, List<Part> parts);

    /** Forgets an upload and its parts, if there is one. */
    void abandon(String key, String upload);

    /** The address that answers an object, or a range of it, to GET. There need not be such an object: then it answers 404. */
    SignedRequest read(String key, Reading reading);

    /** What is known of an object without reading it, if there is one. */
    Optional<StoredObject> stat(String key);

    /**
     * Bytes of an object as one stream, absent when there is no such object. Reads on where a connection is cut. It reads one version of the object:
     * when another is written meanwhile the stream fails. Whoever opens it closes it.
     *
     * @param offset of the first byte, from 0; an offset at or behind the end is an empty stream
     * @param length at most so many bytes, at least 1; the stream is shorter where the object ends
     */
    Optional<InputStream> open(String key, long offset, long length);

    /** Writes a small object in one piece, whatever was there. */
    void put(String key, byte[] bytes, String contentType);

    /**
     * Copies inside the store, several parts at once where one request cannot copy it all. The target is there whole, or as before.
     *
     * @return whether there was an object {@code from}
     */
    boolean copy(String from, String to, String contentType);

    /** Removes an object, if there is one. */
    void remove(String key);

    /**
     * Objects in the order of their keys.
     *
     * @param prefix of the keys; empty for all
     * @param after the key before the first that is answered; empty for the first page
     * @param limit 1 to 1000
     */
    List<StoredObject> list(String prefix, String after, int limit);

    /**
     * Uploads that were begun and neither finished nor abandoned, in the order of their keys.
     *
     * @param prefix of the keys; empty for all
     * @param limit 1 to 1000
     */
    List<Upload> uploads(String prefix, int limit);
}
