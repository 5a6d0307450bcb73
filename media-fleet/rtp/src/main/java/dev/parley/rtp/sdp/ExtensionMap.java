package dev.parley.rtp.sdp;

/**
 * An {@code a=extmap} line (RFC 8285 section 8).
 *
 * @param id 1 to 255
 * @param direction a restriction, {@code SENDRECV} when none is written
 * @param uri what the extension is
 */
public record ExtensionMap(int id, Direction direction, String uri) {
    /** An extension used both ways. */
    public ExtensionMap(int id, String uri) {
        this(id, Direction.SENDRECV, uri);
    }
}
