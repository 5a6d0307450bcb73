package dev.parley.local.load;

import dev.parley.contracts.messaging.ConversationDraft;
import dev.parley.contracts.messaging.MessageDraft;
import dev.parley.contracts.messaging.MessagePage;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Ids;
import dev.parley.kernel.People;
import dev.parley.kernel.Person;
import dev.parley.kernel.RateLimiter;
import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.local.stores.StoresOptions;
import dev.parley.messaging.Backlog;
import dev.parley.messaging.Caller;
import dev.parley.messaging.Meetings;
import dev.parley.messaging.Messages;
import dev.parley.messaging.Messaging;
import dev.parley.messaging.Sockets;
import dev.parley.messaging.Words;
import dev.parley.messaging.dynamo.DynamoConversations;
import dev.parley.messaging.dynamo.DynamoLeases;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** {@code local/bench messages}: exit code 0 when nothing was lost or is there twice, 3 when something is, 2 for wrong arguments. */
public final class MessagesBench {
    private static final int PEOPLE_IN_A_GROUP = 4;
    private static final int PAGE = 100;
    private static final int TRIES = 200;
    private static final int PROGRESS_S = 30;
    /** With more, a transaction that is refused takes longer the more there are; in files it does not. */
    private static final int MOST_IN_MEMORY = 100_000;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM_BYTES = 5_000_000_000L;

    private final MessagesArguments arguments;
    private final Messaging messaging;
    private final Map<String, List<String>> sockets = new HashMap<>();
    private final Map<String, SimulatedDevice> devices = new ConcurrentHashMap<>();
    private final List<String> conversations = new ArrayList<>();
    private final Map<String, List<Caller>> people = new HashMap<>();
    private final AtomicLong sends = new AtomicLong();
    private final AtomicLong busy = new AtomicLong();

    private MessagesBench(MessagesArguments arguments, Dynamo dynamo) {
        this.arguments = arguments;
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        this.messaging = new Messaging(
                new Messaging.Stores(
                        new DynamoConversations(dynamo, clock),
                        new NoWords(),
                        new DynamoLeases(dynamo, clock),
                        new NoMeetings(),
                        meetingId -> List.of(),
                        new Known(),
                        new Everybody(),
                        new DynamoEphemeral(dynamo, clock),
                        RateLimiter.unlimited(),
                        (conversationId, fileId) -> Optional.empty()),
                (connectionId, text) -> {
                    devices.get(connectionId).push(text);
                    return true;
                },
                this::tellAtOnce,
                new Ids(random),
                random,
                clock);
    }

    private void tellAtOnce(List<Backlog.Share> shares) {
        shares.forEach(messaging::tell);
    }

    /** Runs it. @param given see {@link MessagesArguments#USAGE} */
    public static void main(String[] given) {
        Bench.main(given, MessagesArguments.USAGE, MessagesArguments::parse, arguments -> {
            if (arguments.folder().isPresent()) {
                return measured(
                        arguments,
                        Stores.start(StoresOptions.in(arguments.folder().get())));
            }
            if (arguments.messages() <= MOST_IN_MEMORY) {
                return measured(arguments, Stores.temporary());
            }
            try (Scratch scratch = Scratch.in(roomiest(), "parley-messages")) {
                System.err.println("the tables are in " + scratch.folder() + " until the end");
                return measured(arguments, Stores.start(StoresOptions.in(scratch.folder())));
            }
        });
    }

    private static boolean measured(MessagesArguments arguments, Stores opened) {
        try (Stores stores = opened;
                Dynamo dynamo = Dynamo.of(Settings.of(stores.values()))) {
            return new MessagesBench(arguments, dynamo).run();
        }
    }

    /** Where files are memory, if the system has such a place with room for twice a million messages; else where temporary files are. */
    private static Path roomiest() throws IOException {
        boolean room = Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= ROOM_BYTES;
        return room ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** @return whether nothing was lost and nothing is there twice */
    private boolean run() {
        begin();
        long from = System.nanoTime();
        Map<String, Set<String>> sent = send();
        double seconds = (System.nanoTime() - from) / 1e9;
        devices.values().forEach(device -> device.heal(messaging.messages(), conversationsOf(device), true));
        long lost = 0;
        long doubled = 0;
        for (String id : conversations) {
            Kept kept = kept(id);
            Set<String> names = new HashSet<>(kept.names());
            doubled += kept.names().size() - names.size();
            Set<String> missing = new HashSet<>(sent.getOrDefault(id, Set.of()));
            missing.removeAll(names);
            lost += missing.size() + kept.gaps();
            for (SimulatedDevice device : devices.values()) {
                if (conversationsOf(device).contains(id)) {
                    lost += Math.max(0, device.missing(id, kept.names().size()));
                    doubled += Math.max(0, -device.missing(id, kept.names().size()));
                }
            }
        }
        doubled += devices.values().stream().mapToLong(SimulatedDevice::doubled).sum();
        Report report = new Report("messages", arguments.json());
        String profile = "n=" + arguments.messages();
        report.line(profile, "messages_lost", lost, "messages", 0.0);
        report.line(profile, "messages_doubled", doubled, "messages", 0.0);
        report.line(profile, "messages_sent", arguments.messages(), "messages", null);
        report.line(profile, "sends_with_repeats", sends.get(), "sends", null);
        report.line(profile, "refused_as_busy", busy.get(), "sends", null);
        long healed =
                devices.values().stream().mapToLong(SimulatedDevice::healed).sum();
        report.line(profile, "healed_on_devices", healed, "changes", null);
        report.line(profile, "throughput", Math.round(arguments.messages() / seconds), "messages/s", null);
        return report.held();
    }

    /** Groups of four people with a device each; the first of each group has two. */
    private void begin() {
        Random random = new Random(arguments.seed());
        for (int c = 0; c < arguments.conversations(); c++) {
            List<Caller> group = new ArrayList<>();
            for (int p = 0; p < PEOPLE_IN_A_GROUP; p++) {
                String name = "u_" + c + "_" + p;
                group.add(new Caller(
                        name, "s_" + name, name, false, Optional.empty(), Optional.empty(), Optional.empty()));
                List<String> open = p == 0 ? List.of("a" + name, "b" + name) : List.of("a" + name);
                sockets.put(name, open);
                for (String socket : open) {
                    devices.put(socket, new SimulatedDevice(group.getLast(), random.nextLong()));
                }
            }
            List<String> others = group.stream().skip(1).map(Caller::userId).toList();
            String id = messaging
                    .desk()
                    .begin(group.getFirst(), new ConversationDraft("group", null, others, "Group " + c, null))
                    .conversationId();
            conversations.add(id);
            people.put(id, group);
        }
    }

    private List<String> conversationsOf(SimulatedDevice device) {
        String userId = device.person().userId();
        int group = Integer.parseInt(userId.substring(2, userId.indexOf('_', 2)));
        return List.of(conversations.get(group));
    }

    /** Sends everything. @return by conversation the names of what was sent */
    private Map<String, Set<String>> send() {
        Map<String, Set<String>> sent = new ConcurrentHashMap<>();
        AtomicInteger next = new AtomicInteger();
        long from = System.nanoTime();
        try (ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
                ExecutorService senders = Executors.newFixedThreadPool(arguments.senders())) {
            progress.scheduleAtFixedRate(
                    () -> tellProgress(next.get(), System.nanoTime() - from), PROGRESS_S, PROGRESS_S, TimeUnit.SECONDS);
            List<Future<?>> running = new ArrayList<>();
            for (int s = 0; s < arguments.senders(); s++) {
                Random random = new Random(arguments.seed() * 1_000_003 + s);
                running.add(senders.submit(() -> {
                    for (int i = next.getAndIncrement(); i < arguments.messages(); i = next.getAndIncrement()) {
                        one(i, random, sent);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return sent;
    }

    private void tellProgress(int begun, long nanos) {
        int done = Math.min(begun, arguments.messages());
        double each = nanos / 1e9 / Math.max(1, done);
        System.err.printf(
                Locale.ROOT,
                "%,d of %,d messages, %.0f a second, %.0f min left%n",
                done,
                arguments.messages(),
                1 / each,
                (arguments.messages() - done) * each / 60);
    }

    private void one(int number, Random random, Map<String, Set<String>> sent) {
        String id = conversations.get(random.nextInt(conversations.size()));
        Caller author = people.get(id).get(random.nextInt(PEOPLE_IN_A_GROUP));
        MessageDraft draft = new MessageDraft("k" + number, "message " + number, null, null, null);
        // A name of its author's: by another it would be another message.
        sent.computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet()).add(author.userId() + " k" + number);
        List<Thread> copies = new ArrayList<>();
        for (int copy = random.nextInt(20) == 0 ? 1 : 0; copy > 0; copy--) {
            copies.add(Thread.startVirtualThread(() -> post(author, id, draft)));
        }
        post(author, id, draft);
        if (random.nextInt(20) == 0) {
            post(author, id, draft);
        }
        try {
            for (Thread copy : copies) {
                copy.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String socket : sockets.get(author.userId())) {
            SimulatedDevice device = devices.get(socket);
            if (device.isBehind()) {
                device.heal(messaging.messages(), List.of(id), false);
            }
        }
    }

    /** As a client does it: until there is an answer, under the same name. */
    private void post(Caller author, String id, MessageDraft draft) {
        for (int attempt = 1; ; attempt++) {
            sends.incrementAndGet();
            try {
                messaging.messages().send(author, id, draft);
                return;
            } catch (ApiException e) {
                if (e.status() < 500 || attempt == TRIES) {
                    throw e;
                }
                busy.incrementAndGet();
            }
        }
    }

    /** What is kept of a conversation. @param gaps numbers that no message has */
    private record Kept(List<String> names, long gaps) {}

    private Kept kept(String id) {
        Messages messages = messaging.messages();
        Caller reader = people.get(id).getFirst();
        List<String> names = new ArrayList<>();
        long last = 0;
        long gaps = 0;
        boolean more = true;
        while (more) {
            MessagePage page = messages.history(reader, id, OptionalLong.of(last), OptionalLong.empty(), PAGE);
            for (var message : page.list()) {
                gaps += message.seq() - last - 1;
                last = message.seq();
                names.add(message.author().userId() + " " + message.clientMsgId());
            }
            more = page.more();
        }
        return new Kept(names, gaps);
    }

    private final class Known implements Sockets {
        @Override
        public List<String> ofUser(String userId) {
            return sockets.getOrDefault(userId, List.of());
        }

        @Override
        public void forget(String connectionId) {
            throw new IllegalStateException("no socket here is ever gone");
        }
    }

    /** Whoever is asked for is called as their id says. */
    private static final class Everybody implements People {
        @Override
        public void put(Person person) {
            throw new UnsupportedOperationException("names are given");
        }

        @Override
        public Map<String, Person> find(Collection<String> userIds) {
            Map<String, Person> found = new HashMap<>();
            userIds.forEach(id -> found.put(id, Person.of(id, id, "")));
            return found;
        }
    }

    private static final class NoMeetings implements Meetings {
        @Override
        public Optional<Meeting> find(String meetingId) {
            return Optional.empty();
        }

        @Override
        public Optional<Seat> seat(String meetingId, String userId) {
            return Optional.empty();
        }

        @Override
        public Breakouts breakouts(String meetingId) {
            return new Breakouts(Map.of(), Map.of());
        }
    }

    private static final class NoWords implements Words {
        @Override
        public void index(String conversationId, long seq, Set<String> words) {
            // The index is written behind the stream, which nobody reads here.
        }

        @Override
        public List<Long> find(String conversationId, String word, boolean whole, int limit) {
            return List.of();
        }
    }
}
