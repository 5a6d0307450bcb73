package dev.parley.signaling;

import java.util.List;

/** Who hears which room. */
public interface Rooms {
    void add(String roomId, Member member);

    /** @return whether the socket was in the room */
    boolean remove(String roomId, String connectionId);

    List<Member> members(String roomId);

    /** The number of the room's next frame: 1, 2, 3 …, each given out once. */
    long nextSeq(String roomId);

    /** The number of the room's last frame, 0 before the first. */
    long lastSeq(String roomId);
}
