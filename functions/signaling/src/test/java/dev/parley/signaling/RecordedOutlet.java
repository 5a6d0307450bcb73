package dev.parley.signaling;

import dev.parley.contracts.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Sockets whose frames a test reads. */
final class RecordedOutlet implements Outlet {
    private final Map<String, List<JsonNode>> frames = new HashMap<>();
    final Set<String> gone = new HashSet<>();
    final Set<String> closed = new HashSet<>();

    @Override
    public synchronized boolean send(String connectionId, String text) {
        if (gone.contains(connectionId) || closed.contains(connectionId)) {
            return false;
        }
        frames.computeIfAbsent(connectionId, id -> new ArrayList<>()).add(Wire.tree(text));
        return true;
    }

    @Override
    public synchronized void close(String connectionId) {
        closed.add(connectionId);
    }

    /** What came on this socket since it was asked last. */
    synchronized List<JsonNode> read(String connectionId) {
        List<JsonNode> read = frames.remove(connectionId);
        return read == null ? List.of() : read;
    }

    /** The types of what came since it was asked last. */
    List<String> types(String connectionId) {
        return read(connectionId).stream()
                .map(frame -> frame.path("type").asString())
                .toList();
    }
}
