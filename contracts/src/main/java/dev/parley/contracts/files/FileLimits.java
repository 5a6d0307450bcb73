package dev.parley.contracts.files;

/** How large things are. */
public final class FileLimits {
    /** Bytes of a chunk, which is one part of an upload; the last one is shorter. */
    public static final int CHUNK_BYTES = 8 << 20;
    /** Characters of a file's or a device's name. */
    public static final int NAME_CHARS = 255;
    /** Addresses given at once. */
    public static final int ADDRESSES = 32;
    /** Files up to this size are checked before {@code complete} answers. */
    public static final long CHECKED_AT_ONCE_BYTES = CHUNK_BYTES;
    /** Users, or devices, named in one push. */
    public static final int NAMED_TARGETS = 100;
    /** Devices that one push goes to. */
    public static final int DELIVERIES = 2000;
    /** Characters of the note of a push, and of a reason. */
    public static final int NOTE_CHARS = 200;
    /** Characters of a {@code client_push_id}. */
    public static final int CLIENT_PUSH_ID_CHARS = 64;

    private FileLimits() {}
}
