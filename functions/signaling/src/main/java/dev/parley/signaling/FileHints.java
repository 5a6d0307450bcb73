package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.files.FileFrame;
import dev.parley.contracts.files.PushView;
import dev.parley.kernel.OutboxEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * Tells sockets what the files function wrote into the outbox: devices, that there is something to fetch or not any more; owners and
 * senders, how far their files are. A device hears by its own socket when it signs in by itself, else by any of its owner's. What is told
 * is a hint: whoever misses it finds it by asking.
 */
public final class FileHints {
    private final Sockets sockets;
    private final Outlet outlet;

    public FileHints(Sockets sockets, Outlet outlet) {
        this.sockets = Objects.requireNonNull(sockets);
        this.outlet = Objects.requireNonNull(outlet);
    }

    /** Tells one event; those of other types are not about files. */
    public void tell(OutboxEvent event) {
        Map<String, String> data = event.data();
        switch (event.type()) {
            case "file.notice" -> toHolders(data, devices -> notice(data, devices));
            case "file.recalled" ->
                toHolders(data, devices -> new FileFrame.Recalled(data.get("push_id"), data.get("file_id"), devices));
            case "file.state" ->
                toHolder(
                        data.get("user_id"),
                        new FileFrame.State(data.get("file_id"), data.get("state"), data.get("reason")));
            case "push.state" ->
                toHolder(
                        data.get("user_id"),
                        new FileFrame.PushState(
                                data.get("push_id"),
                                data.get("file_id"),
                                Wire.read(data.get("counts"), PushView.Counts.class)));
            default -> {
                // Told to somebody else.
            }
        }
    }

    private static FileFrame notice(Map<String, String> data, List<String> devices) {
        return new FileFrame.Notice(
                data.get("push_id"),
                data.get("file_id"),
                data.get("name"),
                Long.parseLong(data.get("size")),
                data.get("sha256"),
                data.get("media_type"),
                new PushView.Sender(data.get("from"), data.get("from_name")),
                data.get("note"),
                Instant.parse(data.get("pushed_at")),
                devices);
    }

    /** What is told to the holder of some devices. */
    private interface Told {
        FileFrame about(List<String> devices);
    }

    private void toHolders(Map<String, String> data, Told told) {
        for (Map.Entry<String, JsonNode> holder : Wire.tree(data.get("to")).properties()) {
            List<String> devices =
                    holder.getValue().valueStream().map(JsonNode::asString).toList();
            toHolder(holder.getKey(), told.about(devices));
        }
    }

    private void toHolder(String holder, FileFrame frame) {
        String text = Wire.write(frame);
        for (Socket socket : sockets.ofUser(holder)) {
            if (!outlet.send(socket.connectionId(), text)) {
                sockets.close(socket.connectionId());
            }
        }
    }
}
