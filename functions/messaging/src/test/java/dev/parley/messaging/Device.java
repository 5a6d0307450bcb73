package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.ChangePage;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.contracts.messaging.SyncReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A device as a client writes it: it keeps of each message the state with the highest change number, takes frames as they come, and asks
 * for what it finds missing. It keeps a cursor and can ask for everything since.
 */
final class Device {
    private final World world;
    private final Caller person;
    private final Map<String, TreeMap<Long, MessageView>> messages = new HashMap<>();
    private final Map<String, TreeSet<Long>> known = new HashMap<>();
    private final Map<String, Long> upTo = new HashMap<>();
    private final Map<String, Long> read = new HashMap<>();
    private Optional<String> cursor = Optional.empty();
    long healed;

    Device(World world, Caller person) {
        this.world = world;
        this.person = person;
    }

    /** Takes a frame of the socket. */
    void take(JsonNode frame) {
        switch (frame.path("type").asString()) {
            case "message" -> take(Wire.json().treeToValue(frame, MessagingFrame.Change.class));
            case "receipt" -> {
                if (frame.path("user_id").asString().equals(person.userId())) {
                    read.merge(
                            frame.path("conversation_id").asString(),
                            frame.path("read_seq").asLong(),
                            Math::max);
                }
            }
            default -> {
                // An answer.
            }
        }
    }

    private void take(MessagingFrame.Change change) {
        String id = change.conversationId();
        if (change.change() <= upTo.getOrDefault(id, 0L)) {
            return;
        }
        known.computeIfAbsent(id, key -> new TreeSet<>()).add(change.change());
        if (change.message() != null) {
            keep(change.message());
        }
        while (!known.get(id).isEmpty() && known.get(id).first() == upTo.getOrDefault(id, 0L) + 1) {
            upTo.put(id, known.get(id).pollFirst());
        }
    }

    private void keep(MessageView message) {
        messages.computeIfAbsent(message.conversationId(), key -> new TreeMap<>())
                .merge(message.seq(), message, (had, now) -> now.change() > had.change() ? now : had);
    }

    /** Asks for the changes behind the first that is missing, of conversations where one is. */
    void heal() {
        for (String id : List.copyOf(known.keySet())) {
            boolean more = !known.get(id).isEmpty();
            while (more) {
                healed++;
                ChangePage page = world.messaging.messages().changes(person, id, upTo.getOrDefault(id, 0L), 7);
                page.list().forEach(this::take);
                more = page.more();
            }
        }
    }

    /** Asks for everything since the cursor. @param again whether to throw an answer away and ask again, as if it were lost */
    void sync(boolean again) {
        boolean more = true;
        while (more) {
            if (again) {
                world.messaging.sync().since(person, cursor);
            }
            SyncReply reply = world.messaging.sync().since(person, cursor);
            if (reply.resync()) {
                messages.clear();
                known.clear();
                upTo.clear();
            }
            reply.conversations().forEach(view -> {
                read.merge(view.conversationId(), view.readSeq(), Math::max);
                if (!upTo.containsKey(view.conversationId()) || reply.reload().contains(view.conversationId())) {
                    reload(view.conversationId());
                }
            });
            reply.changes().forEach(this::take);
            reply.left().forEach(id -> {
                messages.remove(id);
                known.remove(id);
                upTo.remove(id);
            });
            cursor = Optional.of(reply.since());
            more = reply.more();
        }
        heal();
    }

    /** Reads a conversation from its beginning. The place in its changes is taken first: what happens meanwhile comes again. */
    private void reload(String id) {
        long from = world.messaging.desk().read(person, id).lastChange();
        long after = 0;
        boolean more = true;
        messages.remove(id);
        while (more) {
            var page = world.messaging.messages().history(person, id, OptionalLong.of(after), OptionalLong.empty(), 9);
            page.list().forEach(this::keep);
            after = page.list().isEmpty() ? after : page.list().getLast().seq();
            more = page.more();
        }
        upTo.put(id, from);
        known.computeIfAbsent(id, key -> new TreeSet<>()).removeIf(number -> number <= from);
    }

    List<MessageView> messages(String id) {
        return new ArrayList<>(messages.getOrDefault(id, new TreeMap<>()).values());
    }

    long read(String id) {
        return read.getOrDefault(id, 0L);
    }

    boolean isComplete(String id) {
        return known.getOrDefault(id, new TreeSet<>()).isEmpty();
    }
}
