package dev.parley.local.load;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.ChangePage;
import dev.parley.contracts.messaging.MessagingFrame;
import dev.parley.messaging.Caller;
import dev.parley.messaging.Messages;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A device that takes frames of a bad socket: one in ten is lost, one in twenty comes twice, and they overtake each other; now and then the
 * socket is gone for a while. What it finds missing it asks for. Thread-safe.
 */
final class SimulatedDevice {
    private static final int HELD_BACK = 16;

    private final Caller person;
    private final Random random;
    private final Map<String, Stream> streams = new HashMap<>();
    private final List<JsonNode> heldBack = new ArrayList<>();
    private int goneFor;
    private long doubled;
    private long healed;

    /** What is known of one conversation: which messages, and up to which change everything. */
    private static final class Stream {
        private final BitSet messages = new BitSet();
        private final Map<Long, MessagingFrame.Change> ahead = new HashMap<>();
        private long upTo;
    }

    SimulatedDevice(Caller person, long seed) {
        this.person = person;
        this.random = new Random(seed);
    }

    /** A frame comes out of the socket, perhaps. */
    synchronized void push(String text) {
        if (goneFor > 0) {
            goneFor--;
            return;
        }
        if (random.nextInt(5_000) == 0) {
            goneFor = random.nextInt(400);
        }
        if (random.nextInt(10) == 0) {
            return;
        }
        JsonNode frame = Wire.tree(text);
        heldBack.add(frame);
        if (random.nextInt(20) == 0) {
            heldBack.add(frame);
        }
        if (heldBack.size() >= HELD_BACK) {
            Collections.shuffle(heldBack, random);
            heldBack.forEach(this::take);
            heldBack.clear();
        }
    }

    private void take(JsonNode frame) {
        if ("message".equals(frame.path("type").asString())) {
            take(Wire.json().treeToValue(frame, MessagingFrame.Change.class));
        }
    }

    private void take(MessagingFrame.Change change) {
        Stream stream = streams.computeIfAbsent(change.conversationId(), id -> new Stream());
        if (change.change() <= stream.upTo || stream.ahead.putIfAbsent(change.change(), change) != null) {
            return;
        }
        while (stream.ahead.containsKey(stream.upTo + 1)) {
            stream.upTo++;
            MessagingFrame.Change next = stream.ahead.remove(stream.upTo);
            if (next.kind().equals("sent")) {
                int seq = Math.toIntExact(next.seq());
                if (stream.messages.get(seq)) {
                    doubled++;
                }
                stream.messages.set(seq);
            }
        }
    }

    /** Whether so much came behind a number that is missing that it will not come any more. */
    synchronized boolean isBehind() {
        return streams.values().stream().anyMatch(stream -> stream.ahead.size() > HELD_BACK);
    }

    /** Asks for what is missing. @param all also where nothing was seen to be missing: of a conversation whose last frames were lost */
    synchronized void heal(Messages messages, List<String> conversations, boolean all) {
        if (all) {
            heldBack.forEach(this::take);
            heldBack.clear();
        }
        for (String id : conversations) {
            Stream stream = streams.computeIfAbsent(id, key -> new Stream());
            boolean more = all || stream.ahead.size() > HELD_BACK;
            while (more) {
                ChangePage page = messages.changes(person, id, stream.upTo, 100);
                healed += page.list().size();
                page.list().forEach(this::take);
                more = page.more();
            }
        }
    }

    /** How many of a conversation's messages this device has not. */
    synchronized long missing(String id, long lastSeq) {
        Stream stream = streams.get(id);
        return lastSeq - (stream == null ? 0 : stream.messages.cardinality());
    }

    synchronized long doubled() {
        return doubled;
    }

    synchronized long healed() {
        return healed;
    }

    Caller person() {
        return person;
    }
}
