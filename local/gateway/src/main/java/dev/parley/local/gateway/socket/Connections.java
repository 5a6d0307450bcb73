package dev.parley.local.gateway.socket;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The open sockets by connection id. */
final class Connections {
    private final Map<String, Connection> open = new ConcurrentHashMap<>();

    void add(Connection connection) {
        open.put(connection.id(), connection);
    }

    void remove(Connection connection) {
        open.remove(connection.id());
    }

    Optional<Connection> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    int count() {
        return open.size();
    }

    /** Closes what is idle or too old. */
    void sweep(SocketLimits limits, Instant now) {
        for (Connection connection : open.values()) {
            connection.expiry(limits, now).ifPresent(reason -> connection.close(1001, reason));
        }
    }

    /** Closes every socket, as a restart of the service does. */
    void closeAll() {
        open.values().forEach(connection -> connection.close(1012, "Service restart"));
    }
}
