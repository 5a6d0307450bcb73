package dev.parley.files;

import dev.parley.contracts.Wire;
import dev.parley.contracts.files.PushView;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.OutboxEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What this context tells the sockets, by way of functions that reach them, and leaves itself to do. Events of one push have it as their
 * subject, so that it is called back after it was announced.
 */
public final class FileNews {
    /** The type of what is left to do: a file waits to be checked. */
    public static final String CHECK = "file.check";

    /** So many holders of devices are told by one event. */
    private static final int HOLDERS = 25;

    private final Outbox outside;
    private final Outbox work;
    private final Ids ids;
    private final InstantSource clock;

    /**
     * @param outside what signaling reads
     * @param work what this function reads itself
     */
    public FileNews(Outbox outside, Outbox work, Ids ids, InstantSource clock) {
        this.outside = Objects.requireNonNull(outside);
        this.work = Objects.requireNonNull(work);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
    }

    /** A file waits to be checked. */
    void toCheck(String fileId) {
        work.append(event(CHECK, fileId, Map.of("file_id", fileId)));
    }

    /** {@code file.state}: to its owner. */
    void checked(StoredFile file) {
        Map<String, String> data = new HashMap<>();
        data.put("user_id", file.ownerId());
        data.put("file_id", file.id());
        data.put("state", file.state().wire());
        file.refusal().map(Refusal::wire).ifPresent(reason -> data.put("reason", reason));
        outside.append(event("file.state", file.id(), data));
    }

    /** {@code file.notice}: to everybody the push goes to. @param holders devices, by who holds their sockets */
    void noticed(Push push, StoredFile file, Map<String, List<String>> holders) {
        Map<String, String> data = new HashMap<>();
        data.put("push_id", push.id());
        data.put("file_id", file.id());
        data.put("name", file.name());
        data.put("size", Long.toString(file.size()));
        data.put("sha256", file.sha256());
        file.type().ifPresent(type -> data.put("media_type", type));
        data.put("from", push.senderId());
        data.put("from_name", push.senderName());
        if (!push.note().isEmpty()) {
            data.put("note", push.note());
        }
        data.put("pushed_at", push.createdAt().toString());
        toHolders("file.notice", push.id(), data, holders);
    }

    /** {@code file.recalled}: to everybody the push went to. */
    void recalled(Push push, Map<String, List<String>> holders) {
        toHolders("file.recalled", push.id(), Map.of("push_id", push.id(), "file_id", push.fileId()), holders);
    }

    /** {@code push.state}: to the sender. */
    void moved(Push push, PushView.Counts counts) {
        outside.append(event(
                "push.state",
                push.id(),
                Map.of(
                        "user_id",
                        push.senderId(),
                        "push_id",
                        push.id(),
                        "file_id",
                        push.fileId(),
                        "counts",
                        Wire.write(counts))));
    }

    /** {@code sessions.ended}: the socket of a device that signs in by itself. */
    void signedOut(String deviceId) {
        outside.append(event("sessions.ended", deviceId, Map.of("user_id", deviceId)));
    }

    private void toHolders(String type, String pushId, Map<String, String> data, Map<String, List<String>> holders) {
        List<Map.Entry<String, List<String>>> all = new ArrayList<>(new TreeMap<>(holders).entrySet());
        for (int from = 0; from < all.size(); from += HOLDERS) {
            Map<String, List<String>> some = new TreeMap<>();
            all.subList(from, Math.min(all.size(), from + HOLDERS))
                    .forEach(entry -> some.put(entry.getKey(), entry.getValue()));
            Map<String, String> more = new HashMap<>(data);
            more.put("to", Wire.write(some));
            outside.append(event(type, pushId, more));
        }
    }

    private OutboxEvent event(String type, String subject, Map<String, String> data) {
        return new OutboxEvent(ids.opaque("e_"), type, subject, clock.instant(), data);
    }

    /** The file of an event that asks for a check; empty for other events. */
    public static Optional<String> toCheck(OutboxEvent event) {
        return CHECK.equals(event.type()) ? Optional.ofNullable(event.data().get("file_id")) : Optional.empty();
    }
}
