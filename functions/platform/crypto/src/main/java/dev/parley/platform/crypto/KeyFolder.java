package dev.parley.platform.crypto;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;

/**
 * The folder of an installation's key sets: {@code access.jwks.json}, {@code media.jwks.json}, {@code node.jwks.json}, {@code push.jwks.json}. On a disk
 * ({@code file:}) or in a bucket ({@code s3://bucket/folder/}), from where it is only read.
 */
public final class KeyFolder {
    /** How long before its start a new key is published: every verifier and every cache of the published set has it by then. */
    public static final Duration LEAD = Duration.ofHours(24);
    /** How long a key is kept after its successor started: longer than any token lasts. */
    static final Duration KEPT = Duration.ofHours(1);

    /** The key sets, one per audience. */
    public enum Name {
        /** Access tokens for the REST API. The only set that is published. */
        ACCESS,
        /** Media tokens for rooms. */
        MEDIA,
        /** Node tokens for the control API of media nodes. */
        NODE,
        /** What is pushed to browsers; they subscribe with its public half. */
        PUSH;

        /** The file's name in the folder. */
        public String fileName() {
            return word() + ".jwks.json";
        }

        /** {@code access}, {@code media}, {@code node}, {@code push}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final KeyFiles files;

    public KeyFolder(Path folder) {
        this(new DiskKeyFiles(folder));
    }

    KeyFolder(KeyFiles files) {
        this.files = Objects.requireNonNull(files);
    }

    /** The folder that {@code KEYS_URI} names. Nothing is read yet. @throws KeySetException when it is no {@code file:} or {@code s3:} address */
    public static KeyFolder of(Settings settings) {
        URI uri = URI.create(settings.required(SettingKeys.KEYS_URI));
        return switch (String.valueOf(uri.getScheme())) {
            case "file" -> new KeyFolder(Path.of(uri));
            case "s3" -> new KeyFolder(S3KeyFiles.of(uri, settings));
            default ->
                throw new KeySetException(
                        "KEYS_URI must be a file: or s3: address of a folder, not " + uri.getScheme() + ":", null);
        };
    }

    /** Reads one set as it is now. @throws KeySetException when it is not there or not a key set */
    public KeySet load(Name name) {
        return KeySet.parse(files.read(name.fileName()));
    }

    /**
     * One set as it is at any time from now on: read at the first use, and again every few minutes. While there is nothing to use because it could not be
     * read even once, a use is 503 {@code store.unavailable}.
     */
    public KeySource source(Name name, InstantSource clock) {
        return new LiveKeys(() -> load(name), clock);
    }

    /** As {@link #source}, but read at once, for a process that had better not start without its keys. @throws KeySetException when they cannot be read */
    public KeySource open(Name name, InstantSource clock) {
        LiveKeys keys = new LiveKeys(() -> load(name), clock);
        keys.open();
        return keys;
    }

    /** Makes the sets that are not there yet, readable by this user alone. Those that are there stay as they are. */
    public void createMissing(InstantSource clock, SecureRandom random) {
        for (Name name : Name.values()) {
            files.createIfMissing(
                    name.fileName(),
                    () -> KeySet.generate(name.word(), clock.instant(), random).privateJson());
        }
    }

    /**
     * Takes one step of a set's rotation: publishes a key that signs from {@code lead} on, and drops those that signed nothing any more
     * for an hour. While a key waits for its start no other is added, so the step may be repeated.
     *
     * @return the set as it was written
     */
    public KeySet rotate(Name name, Duration lead, InstantSource clock, SecureRandom random) {
        Instant now = clock.instant();
        KeySet present = load(name).without(KEPT, now);
        KeySet next = present.hasWaiting(now)
                ? present
                : present.with(KeySet.generate(name.word(), now, now.plus(lead), random));
        files.replace(name.fileName(), next.privateJson());
        return next;
    }
}
