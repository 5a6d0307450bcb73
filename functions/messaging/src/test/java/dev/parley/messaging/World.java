package dev.parley.messaging;

import dev.parley.contracts.Wire;
import dev.parley.contracts.messaging.ConversationDraft;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessageView;
import dev.parley.kernel.HandMovedClock;
import dev.parley.kernel.Ids;
import dev.parley.kernel.InMemoryEphemeral;
import dev.parley.kernel.InMemoryRateLimiter;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Messaging over twins of its stores, with people, sockets and meetings that a test makes. */
public final class World {
    /** A meeting's id. */
    public static final String MEETING = "abc-defg-hij";

    public final HandMovedClock clock;
    public final Map<String, Person> people = new HashMap<>();
    public final Map<String, List<String>> sockets = new HashMap<>();
    public final Map<String, List<Rooms.Listener>> rooms = new HashMap<>();
    public final Map<String, Meetings.Meeting> meetings = new HashMap<>();
    public final Map<String, Meetings.Seat> seats = new HashMap<>();
    /** Who is in which breakout room of the meeting, by user. */
    public final Map<String, String> places = new HashMap<>();

    /** Files that are shared, by conversation and file. */
    public final Map<String, Attachment> files = new HashMap<>();

    public final Set<String> forgotten = new HashSet<>();
    public final Set<String> gone = new HashSet<>();
    private final Map<String, List<JsonNode>> frames = new HashMap<>();
    public final Conversations conversations;
    public final InMemoryEphemeral ephemeral;
    public final Messaging messaging;

    public World() {
        this(new InMemoryConversations(), RateLimiter.unlimited(), new HandMovedClock());
    }

    private void tellAtOnce(List<Backlog.Share> shares) {
        shares.forEach(messaging::tell);
    }

    public World(Conversations conversations, RateLimiter limiter, HandMovedClock clock) {
        this.conversations = conversations;
        this.clock = clock;
        this.ephemeral = new InMemoryEphemeral(clock);
        this.messaging = new Messaging(
                new Messaging.Stores(
                        conversations,
                        new InMemoryWords(),
                        new InMemoryLeases(),
                        new Live(),
                        meetingId -> List.copyOf(rooms.getOrDefault(meetingId, List.of())),
                        new Open(),
                        new Known(),
                        ephemeral,
                        limiter,
                        (conversationId, fileId) -> Optional.ofNullable(files.get(conversationId + " " + fileId))),
                this::send,
                this::tellAtOnce,
                new Ids(new SecureRandom()),
                new Random(20_260_301),
                clock);
    }

    /** With the limits of every day. */
    static World limited() {
        HandMovedClock clock = new HandMovedClock();
        return new World(new InMemoryConversations(), new InMemoryRateLimiter(clock), clock);
    }

    private synchronized boolean send(String connectionId, String text) {
        if (gone.contains(connectionId)) {
            return false;
        }
        frames.computeIfAbsent(connectionId, id -> new ArrayList<>()).add(Wire.tree(text));
        return true;
    }

    /** What came on this socket since it was asked last. */
    public synchronized List<JsonNode> read(String connectionId) {
        List<JsonNode> read = frames.remove(connectionId);
        return read == null ? List.of() : read;
    }

    /** Somebody with an account and a socket {@code c_<name>}. */
    public Caller person(String name) {
        String id = "u_" + name;
        people.put(id, Person.of(id, "Name of " + name, ""));
        sockets.put(id, new ArrayList<>(List.of("c_" + name)));
        return new Caller(
                id, "s_" + name, "Name of " + name, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same person on their socket. */
    static Caller on(Caller caller, String connectionId) {
        return new Caller(
                caller.userId(),
                caller.sessionId(),
                caller.name(),
                caller.guest(),
                caller.guestKey(),
                caller.meetingId(),
                Optional.of(connectionId));
    }

    static SocketTicket holder(Caller caller) {
        return new SocketTicket(
                caller.userId(),
                caller.sessionId(),
                caller.guest() ? Role.GUEST : Role.USER,
                caller.name(),
                Optional.empty(),
                caller.meetingId(),
                Optional.empty(),
                Optional.empty(),
                caller.guestKey());
    }

    /** Says something on a socket {@code c_<name>}; single quotes stand for double ones. */
    void say(Caller caller, String connectionId, String frame) {
        messaging.commands().frame(connectionId, holder(caller), frame.replace('\'', '"'));
    }

    public String direct(Caller one, Caller other) {
        return messaging
                .desk()
                .begin(one, new ConversationDraft("direct", other.userId(), null, null, null))
                .conversationId();
    }

    public String group(Caller owner, String title, Caller... others) {
        List<String> ids = List.of(others).stream().map(Caller::userId).toList();
        return messaging
                .desk()
                .begin(owner, new ConversationDraft("group", null, ids, title, null))
                .conversationId();
    }

    public MessageView say(Caller caller, String conversation, String name, String text) {
        return messaging.messages().send(caller, conversation, new MessageDraft(name, text, null, null, null));
    }

    public void meeting(String settings, String... denied) {
        meetings.put(MEETING, new Meetings.Meeting(true, "Standup", !settings.contains("false"), List.of(denied)));
    }

    /** Gives a seat in the meeting, and a socket in its room. */
    Caller sit(String name, String role, boolean guest) {
        Caller caller = guest
                ? new Caller(
                        "g_" + name,
                        "g_" + name,
                        "Guest " + name,
                        true,
                        Optional.of("k_" + name),
                        Optional.of(MEETING),
                        Optional.empty())
                : person(name);
        seats.put(caller.userId(), new Meetings.Seat("Seat of " + name, role, true, true));
        rooms.computeIfAbsent(MEETING, id -> new ArrayList<>())
                .add(new Rooms.Listener("c_" + name, caller.userId(), "Seat of " + name, caller.guestKey()));
        return caller;
    }

    private final class Live implements Meetings {
        @Override
        public Optional<Meeting> find(String meetingId) {
            return Optional.ofNullable(meetings.get(meetingId));
        }

        @Override
        public Optional<Seat> seat(String meetingId, String userId) {
            return Optional.ofNullable(seats.get(userId)).filter(seat -> meetings.containsKey(meetingId));
        }

        @Override
        public Breakouts breakouts(String meetingId) {
            Map<String, String> names = new HashMap<>();
            places.values().forEach(room -> names.put(room, "Room of " + room));
            return new Breakouts(names, places);
        }
    }

    private final class Open implements Sockets {
        @Override
        public List<String> ofUser(String userId) {
            synchronized (World.this) {
                return List.copyOf(sockets.getOrDefault(userId, List.of()));
            }
        }

        @Override
        public void forget(String connectionId) {
            synchronized (World.this) {
                forgotten.add(connectionId);
            }
        }
    }

    private final class Known implements People {
        @Override
        public void put(Person person) {
            people.put(person.userId(), person);
        }

        @Override
        public Map<String, Person> find(Collection<String> userIds) {
            Map<String, Person> found = new HashMap<>();
            userIds.forEach(id -> Optional.ofNullable(people.get(id)).ifPresent(one -> found.put(id, one)));
            return found;
        }
    }

    private static final class InMemoryWords implements Words {
        private final Map<String, TreeMap<Long, Set<String>>> words = new HashMap<>();

        @Override
        public synchronized void index(String conversationId, long seq, Set<String> of) {
            words.computeIfAbsent(conversationId, id -> new TreeMap<>()).put(seq, Set.copyOf(of));
        }

        @Override
        public synchronized List<Long> find(String conversationId, String word, boolean whole, int limit) {
            return words.getOrDefault(conversationId, new TreeMap<>()).descendingMap().entrySet().stream()
                    .filter(one -> whole
                            ? one.getValue().contains(word)
                            : one.getValue().stream().anyMatch(each -> each.startsWith(word)))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
        }
    }

    private final class InMemoryLeases implements Leases {
        private final Map<String, Map<String, Lease>> leases = new HashMap<>();

        @Override
        public synchronized Optional<Lease> put(String userId, String device, Lease lease) {
            return live(leases.computeIfAbsent(userId, id -> new HashMap<>()).put(device, lease));
        }

        @Override
        public synchronized boolean replace(String userId, String device, Lease before, Lease lease) {
            Map<String, Lease> devices = leases.getOrDefault(userId, new HashMap<>());
            Lease now = devices.get(device);
            return now != null
                    && now.connectionId().equals(before.connectionId())
                    && devices.replace(device, lease) != null;
        }

        @Override
        public synchronized Optional<Lease> remove(String userId, String device) {
            return live(leases.getOrDefault(userId, new HashMap<>()).remove(device));
        }

        @Override
        public synchronized Map<String, Lease> ofUser(String userId) {
            Map<String, Lease> live = new HashMap<>();
            leases.getOrDefault(userId, Map.of())
                    .forEach((device, lease) -> live(lease).ifPresent(one -> live.put(device, one)));
            return live;
        }

        private Optional<Lease> live(Lease lease) {
            return Optional.ofNullable(lease).filter(one -> one.until().isAfter(clock.instant()));
        }

        @Override
        public synchronized void forget(String userId) {
            leases.remove(userId);
        }
    }
}
