package dev.parley.meetings;

import dev.parley.contracts.node.RoomAct;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** A media node that notes what it is told, or cannot be reached. */
final class RecordedMedia implements RoomMedia {
    final List<RoomAct> acts = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    boolean unreachable;
    boolean placed = true;

    @Override
    public Reach apply(String roomId, RoomAct act) {
        if (unreachable) {
            throw unavailable();
        }
        if (!placed) {
            return Reach.NO_ROOM;
        }
        acts.add(act);
        return Reach.APPLIED;
    }

    @Override
    public void forget(String roomId) {
        forgotten.add(roomId);
        placed = false;
    }

    private static ApiException unavailable() {
        record Unavailable(int status, String code, String message) implements ErrorCode {}
        return new Unavailable(503, "fleet.unavailable", "The node does not answer.").exception();
    }
}
