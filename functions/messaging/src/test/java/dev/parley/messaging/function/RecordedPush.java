package dev.parley.messaging.function;

import dev.parley.contracts.Wire;
import dev.parley.platform.push.Push;
import dev.parley.platform.push.PushOutcome;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** Connections whose frames a test reads. */
final class RecordedPush implements Push {
    private final Map<String, List<JsonNode>> frames = new ConcurrentHashMap<>();
    final Set<String> gone = ConcurrentHashMap.newKeySet();

    @Override
    public PushOutcome send(String connectionId, String text) {
        if (gone.contains(connectionId)) {
            return PushOutcome.GONE;
        }
        frames.computeIfAbsent(connectionId, id -> new CopyOnWriteArrayList<>()).add(Wire.tree(text));
        return PushOutcome.SENT;
    }

    @Override
    public PushOutcome close(String connectionId) {
        return PushOutcome.SENT;
    }

    /** What came on this connection since it was asked last. */
    List<JsonNode> read(String connectionId) {
        List<JsonNode> read = frames.remove(connectionId);
        return read == null ? List.of() : List.copyOf(read);
    }
}
