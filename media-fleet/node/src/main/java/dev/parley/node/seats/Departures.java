package dev.parley.node.seats;

import dev.parley.node.rooms.Attendance;
import dev.parley.platform.nodes.Seats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frees the seat of whoever vanished: their last session has been gone for the grace time, and they neither came back nor left by
 * themselves. One virtual thread asks the store, one question at a time.
 *
 * <p>A departure is looked up at once, which tells the revision of the seat; the grace time counts from there; then the seat is freed under
 * that revision. Who came back meanwhile has either a session here, which ends the case, or a higher revision, which starts it anew. Whoever
 * opens a session while their seat is being freed, or just after they gave it up, is looked up again: without a seat they are sent away. A
 * store that does not answer is asked again, ever less often, for half an hour.
 *
 * <p>All this is in memory: of a node that stops or dies no seat is freed, neither by itself nor by the next process of its name.
 */
public final class Departures implements Attendance, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 60 * SECOND_NANOS;
    private static final long GIVE_UP_NANOS = 1_800 * SECOND_NANOS;

    /** Longer than an exchange that was admitted before the seat was given up can be on its way. */
    private static final long MARKED_NANOS = 30 * SECOND_NANOS;

    private static final int MOST = 10_000;

    private enum Step {
        /** Ask whether they hold a seat. */
        LOOK,
        /** Free it, unless something changed. */
        FREE,
        /** The seat is gone: nothing to do but to check them when they open a session. */
        MARKED,
        /** They have a session: ask whether they have a seat as well. */
        CHECK
    }

    private record Person(String roomId, String participantId) {}

    /** What is known of somebody's going. */
    private static final class Case {
        private Step step = Step.LOOK;
        private long dueNanos;
        private long revision;
        private int failures;
        private long failingSinceNanos;
        /** Whether they may have no seat, so that a new session of theirs must be checked. */
        private boolean suspect;

        private Case(long nowNanos) {
            dueNanos = nowNanos;
        }
    }

    private final Seats seats;
    private final long graceNanos;
    private final BiConsumer<String, String> sendAway;
    private final LongSupplier nanoClock;
    private final Thread thread;
    private final Map<Person, Case> cases = new HashMap<>();
    private volatile boolean running = true;

    /**
     * Departures that {@link #start} starts to look after.
     *
     * @param grace how long somebody may be away before their seat is freed
     * @param sendAway ends what a participant has in a room: room id, participant id
     * @param nanoClock {@code System::nanoTime} but in tests
     */
    public Departures(Seats seats, Duration grace, BiConsumer<String, String> sendAway, LongSupplier nanoClock) {
        this.seats = seats;
        this.graceNanos = grace.toNanos();
        this.sendAway = sendAway;
        this.nanoClock = nanoClock;
        this.thread = Thread.ofVirtual().name("departures").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                return;
            }
            step();
        }
    }

    @Override
    public synchronized void came(String roomId, String participantId) {
        Person person = new Person(roomId, participantId);
        Case known = cases.get(person);
        if (known != null && known.suspect) {
            known.step = Step.CHECK;
            known.dueNanos = nanoClock.getAsLong();
        } else {
            cases.remove(person);
        }
    }

    @Override
    public synchronized void went(String roomId, String participantId) {
        Person person = new Person(roomId, participantId);
        Case known = cases.get(person);
        // Who gave up the seat is looked at already.
        if (known == null || !known.suspect || known.step == Step.CHECK) {
            open(person);
        }
    }

    @Override
    public synchronized void gaveUp(String roomId, String participantId) {
        Case opened = open(new Person(roomId, participantId));
        if (opened != null) {
            opened.suspect = true;
        }
    }

    private Case open(Person person) {
        if (cases.size() >= MOST && !cases.containsKey(person)) {
            LOG.warn("too many departures at once: the seat of {} is not looked after", person.participantId());
            return null;
        }
        Case opened = new Case(nanoClock.getAsLong());
        cases.put(person, opened);
        return opened;
    }

    /** Does what is due; a store that fails ends the turn. Package-visible for tests. */
    void step() {
        for (Map.Entry<Person, Case> each : due()) {
            if (running && !advance(each.getKey(), each.getValue())) {
                return;
            }
        }
    }

    private synchronized List<Map.Entry<Person, Case>> due() {
        long now = nanoClock.getAsLong();
        List<Map.Entry<Person, Case>> due = new ArrayList<>();
        cases.forEach((person, one) -> {
            if (one.dueNanos - now <= 0) {
                due.add(Map.entry(person, one));
            }
        });
        due.sort((a, b) -> Long.compare(a.getValue().dueNanos - now, b.getValue().dueNanos - now));
        return due;
    }

    /** Takes one case a step further. @return false when the store failed */
    private boolean advance(Person person, Case one) {
        Step step;
        long revision;
        synchronized (this) {
            if (cases.get(person) != one) {
                return true;
            }
            step = one.step;
            revision = one.revision;
            // From here on the seat may be gone whatever is heard of it.
            one.suspect |= step == Step.FREE;
        }
        try {
            switch (step) {
                case LOOK -> looked(person, one, seats.held(person.roomId(), person.participantId()));
                case FREE -> freed(person, one, seats.free(person.roomId(), person.participantId(), revision));
                case CHECK -> checked(person, one, seats.held(person.roomId(), person.participantId()));
                case MARKED -> close(person, one);
            }
            return true;
        } catch (RuntimeException e) {
            failed(person, one, e);
            return false;
        }
    }

    private synchronized void looked(Person person, Case one, OptionalLong held) {
        if (!still(person, one, Step.LOOK)) {
            return;
        }
        one.failures = 0;
        if (held.isPresent()) {
            one.suspect = false;
            one.revision = held.getAsLong();
            next(one, Step.FREE, graceNanos);
        } else if (one.suspect) {
            next(one, Step.MARKED, MARKED_NANOS);
        } else {
            cases.remove(person);
        }
    }

    private synchronized void freed(Person person, Case one, boolean done) {
        if (done) {
            LOG.info("room {}: {} is gone; the seat is free", person.roomId(), person.participantId());
        }
        if (!still(person, one, Step.FREE)) {
            return;
        }
        one.failures = 0;
        // When something had changed, another look tells what.
        next(one, done ? Step.MARKED : Step.LOOK, done ? MARKED_NANOS : 0);
    }

    private void checked(Person person, Case one, OptionalLong held) {
        synchronized (this) {
            if (!still(person, one, Step.CHECK)) {
                return;
            }
            cases.remove(person);
        }
        if (held.isEmpty()) {
            LOG.info("room {}: {} has no seat any more", person.roomId(), person.participantId());
            sendAway.accept(person.roomId(), person.participantId());
        }
    }

    private synchronized void close(Person person, Case one) {
        if (still(person, one, Step.MARKED)) {
            cases.remove(person);
        }
    }

    private synchronized void failed(Person person, Case one, RuntimeException failure) {
        if (cases.get(person) != one) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (one.failures == 0) {
            one.failingSinceNanos = now;
        } else if (now - one.failingSinceNanos >= GIVE_UP_NANOS) {
            cases.remove(person);
            LOG.warn("the seat of {} stays taken: {}", person.participantId(), failure.toString());
            return;
        }
        if (one.failures++ == 0) {
            LOG.warn("the seat of {} cannot be looked after now: {}", person.participantId(), failure.toString());
        }
        one.dueNanos = now + Math.min(LONGEST_PAUSE_NANOS, SECOND_NANOS << Math.min(one.failures - 1, 6));
    }

    /** Whether nothing was heard of the person while the store was asked. */
    private boolean still(Person person, Case one, Step step) {
        return cases.get(person) == one && one.step == step;
    }

    private void next(Case one, Step step, long afterNanos) {
        one.step = step;
        one.dueNanos = nanoClock.getAsLong() + afterNanos;
    }

    /** How many departures are looked after. */
    public synchronized int size() {
        return cases.size();
    }

    /** Stops: nobody's seat is freed any more. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}
