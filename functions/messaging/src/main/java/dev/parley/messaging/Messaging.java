package dev.parley.messaging;

import dev.parley.kernel.Ephemeral;
import dev.parley.kernel.Ids;
import dev.parley.kernel.OutboxEvent;
import dev.parley.kernel.People;
import dev.parley.kernel.RateLimiter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The use cases of messaging, over its ports. Thread-safe as far as those are. */
public final class Messaging {
    /** For how long people are told of one thing; what is kept is answered after that at the latest. */
    private static final Duration TELLING = Duration.ofSeconds(4);

    /** Where things are kept. */
    public record Stores(
            Conversations conversations,
            Words words,
            Leases leases,
            Meetings meetings,
            Rooms rooms,
            Sockets sockets,
            People people,
            Ephemeral ephemeral,
            RateLimiter limiter,
            SharedFiles files) {}

    private final Messages messages;
    private final Desk desk;
    private final Receipts receipts;
    private final Sync sync;
    private final Search search;
    private final AccountEnd accountEnd;
    private final Departures departures;
    private final SocketCommands commands;
    private final FanOut told;

    /**
     * All of it.
     *
     * @param backlog where what many are told waits for {@link #tell}
     * @param random for pauses; what must not be guessed comes from {@code ids}
     */
    public Messaging(
            Stores stores, Outlet outlet, Backlog backlog, Ids ids, RandomGenerator random, InstantSource clock) {
        Conversations conversations = stores.conversations();
        RateLimiter limiter = stores.limiter();
        Throttle throttle = new Throttle(limiter);
        Names names = new Names(stores.people(), clock);
        Views views = new Views(names);
        Turns turns = new Turns(random);
        this.told = new FanOut(stores.sockets(), outlet, backlog, TELLING);
        Entrance entrance = new Entrance(conversations, stores.meetings(), clock);
        Audience audience = new Audience(conversations, stores.rooms(), stores.meetings(), told, views, clock);
        Shelf shelf = new Shelf(conversations, entrance, views);
        this.messages = new Messages(conversations, entrance, audience, views, turns, throttle, stores.files(), clock);
        this.desk = new Desk(conversations, entrance, audience, shelf, names, views, turns, limiter, ids, clock);
        this.receipts = new Receipts(conversations, entrance, shelf, told, throttle);
        this.sync = new Sync(conversations, messages, shelf, stores.ephemeral(), limiter, ids);
        this.search = new Search(conversations, stores.words(), shelf, entrance, views, limiter);
        this.accountEnd = new AccountEnd(conversations, desk, stores.leases());
        Presence presence = new Presence(conversations, shelf, stores.leases(), told, throttle, clock);
        this.departures = new Departures(presence);
        this.commands = new SocketCommands(
                messages,
                receipts,
                new Typing(entrance, audience, told, throttle),
                presence,
                sync,
                entrance,
                audience,
                throttle,
                outlet,
                ids);
    }

    public Messages messages() {
        return messages;
    }

    public Desk desk() {
        return desk;
    }

    public Receipts receipts() {
        return receipts;
    }

    public Sync sync() {
        return sync;
    }

    public Search search() {
        return search;
    }

    public SocketCommands commands() {
        return commands;
    }

    /** Tells some of those who were left to the backlog. @return whether it is done with: twice is as good as once */
    public boolean tell(Backlog.Share share) {
        return told.tell(share);
    }

    /** Takes what the Changes table's stream tells: words to be found by, and accounts that are gone. */
    public void told(OutboxEvent event) {
        search.learn(event);
        accountEnd.accept(event);
        departures.accept(event);
    }
}
