package dev.parley.signaling;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The port's in-memory twin, for tests. */
final class InMemorySockets implements Sockets {
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    @Override
    public void open(Socket socket) {
        sockets.put(socket.connectionId(), socket);
    }

    @Override
    public Optional<Socket> find(String connectionId) {
        return Optional.ofNullable(sockets.get(connectionId));
    }

    @Override
    public void enter(String connectionId, Optional<String> roomId) {
        sockets.computeIfPresent(connectionId, (id, socket) -> new Socket(id, socket.holder(), roomId));
    }

    @Override
    public List<Socket> ofUser(String userId) {
        return sockets.values().stream()
                .filter(socket -> socket.holder().userId().equals(userId))
                .toList();
    }

    @Override
    public Optional<Socket> close(String connectionId) {
        return Optional.ofNullable(sockets.remove(connectionId));
    }
}
