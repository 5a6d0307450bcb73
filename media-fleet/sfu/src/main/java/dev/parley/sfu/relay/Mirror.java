package dev.parley.sfu.relay;

import java.util.List;

/**
 * Somebody who is in another part of the room.
 *
 * @param joinedNanos when it came; of two with the same number the later one stays
 */
record Mirror(long number, long joinedNanos, List<MirrorTrack> tracks) {}
