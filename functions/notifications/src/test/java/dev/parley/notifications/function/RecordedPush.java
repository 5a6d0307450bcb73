package dev.parley.notifications.function;

import dev.parley.contracts.Wire;
import dev.parley.platform.push.Push;
import dev.parley.platform.push.PushOutcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Remembers what sockets were sent, oldest first. */
final class RecordedPush implements Push {
    private final List<Frame> frames = new ArrayList<>();
    final Set<String> gone = new HashSet<>();

    record Frame(String connectionId, JsonNode json) {}

    @Override
    public PushOutcome send(String connectionId, String text) {
        if (gone.contains(connectionId)) {
            return PushOutcome.GONE;
        }
        frames.add(new Frame(connectionId, Wire.tree(text)));
        return PushOutcome.SENT;
    }

    @Override
    public PushOutcome close(String connectionId) {
        throw new UnsupportedOperationException();
    }

    /** What was sent since the last time. */
    List<Frame> taken() {
        List<Frame> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }
}
