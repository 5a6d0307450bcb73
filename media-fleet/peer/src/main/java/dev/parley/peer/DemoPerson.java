package dev.parley.peer;

import dev.parley.contracts.media.ChannelMessage;
import dev.parley.contracts.media.MediaOffer;
import dev.parley.contracts.media.Source;
import dev.parley.contracts.meetings.JoinReply;
import dev.parley.peer.media.DemoMedia;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One demo person in one meeting: joins, looks at the others, and comes back when the connection drops; stops when the
 * meeting ends or it is sent away.
 */
final class DemoPerson implements Runnable {
    /** Gives a token that is valid now. */
    @FunctionalInterface
    interface Tokens {
        String token() throws IOException, InterruptedException;
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final long LOBBY_SECONDS = 2;

    /** Answers after which coming back is no use. */
    private static final Set<String> FINAL = Set.of(
            "meeting.banned",
            "meeting.denied",
            "meeting.ended",
            "meeting.cancelled",
            "meeting.not_found",
            "media.not_admitted");

    private final ParleyApi api;
    private final String meetingId;
    private final DemoMedia.Person person;
    private final Tokens tokens;
    private final PeerOptions options;
    private final Consumer<String> log;
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile Peer peer;
    private volatile boolean over;

    DemoPerson(
            ParleyApi api,
            String meetingId,
            DemoMedia.Person person,
            Tokens tokens,
            PeerOptions options,
            Consumer<String> log) {
        this.api = api;
        this.meetingId = meetingId;
        this.person = person;
        this.tokens = tokens;
        this.options = options;
        this.log = log;
    }

    /** Until the person is done with the meeting. */
    @Override
    public void run() {
        Duration pause = FIRST_PAUSE;
        while (!over) {
            try {
                Stay stay = new Stay();
                if (stay.run()) {
                    pause = FIRST_PAUSE;
                }
            } catch (ApiFailure e) {
                say(e.getMessage());
                over |= FINAL.contains(e.code());
            } catch (IOException e) {
                say("cannot join: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (!over) {
                over |= awaitLeaving(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private boolean awaitLeaving(Duration time) {
        try {
            return left.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Leaves the meeting for good. */
    void leave() {
        if (over) {
            return;
        }
        over = true;
        left.countDown();
        Peer now = peer;
        if (now != null) {
            now.close();
        }
        try {
            api.leave(tokens.token(), meetingId);
        } catch (IOException e) {
            say("left without telling: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is sent and received, in one line. */
    String figures() {
        Peer now = peer;
        if (now == null) {
            return person.name() + ": not in the meeting";
        }
        PeerStats stats = now.stats();
        long lost = stats.slots().stream().mapToLong(SlotStats::lost).sum();
        long recovered = stats.slots().stream().mapToLong(SlotStats::recovered).sum();
        long gap = stats.slots().stream()
                .filter(SlotStats::video)
                .mapToLong(SlotStats::longestGapMillis)
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%s: sent %d packets, layers %s, again %d, key frames asked %d; received %d frames, %d audio packets,"
                        + " recovered %d, lost %d, longest gap %d ms, rejected %d",
                person.name(),
                stats.packetsSent(),
                stats.activeLayers(),
                stats.retransmitted(),
                stats.keyFramesAsked(),
                stats.videoFrames(),
                stats.audioPackets(),
                recovered,
                lost,
                gap,
                stats.rejected());
    }

    String name() {
        return person.name();
    }

    private void say(String what) {
        log.accept(person.name() + ": " + what);
    }

    /** One connection, from joining to its end. */
    private final class Stay implements Peer.Listener {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final Map<String, ChannelMessage.RosterEntry> roster = new LinkedHashMap<>();
        private volatile boolean connected;
        private String self = "";
        private long revision;

        /** Whether media flowed. */
        boolean run() throws IOException, InterruptedException {
            String token = tokens.token();
            JoinReply join = joined(token);
            if (over) {
                return false;
            }
            self = join.participantId();
            try (Peer mine = Peer.join(
                    options.withSlots(join.slots().audio(), join.slots().video()),
                    person,
                    (sdp, tracks) -> api.exchange(token, meetingId, new MediaOffer(join.mediaToken(), sdp, tracks))
                            .sdp(),
                    this)) {
                peer = mine;
                if (!over) {
                    ended.await();
                }
            } finally {
                peer = null;
            }
            return connected;
        }

        private JoinReply joined(String token) throws IOException, InterruptedException {
            while (true) {
                var reply = api.join(token, meetingId, person.name());
                if (reply.isPresent()) {
                    return reply.get();
                }
                say("waiting in the lobby");
                over |= left.await(LOBBY_SECONDS, TimeUnit.SECONDS);
                if (over) {
                    throw new IOException("left while waiting in the lobby");
                }
            }
        }

        @Override
        public void connected(Peer mine) {
            connected = true;
            say("is in the meeting");
        }

        @Override
        public void message(Peer mine, ChannelMessage message) {
            switch (message) {
                case ChannelMessage.Roster change -> onRoster(mine, change);
                case ChannelMessage.End end -> {
                    over |= !"moved".equals(end.reason());
                    say("the node ended the session: " + end.reason());
                    ended.countDown();
                }
                case ChannelMessage.Move move -> {
                    say("moving: " + move.reason());
                    ended.countDown();
                }
                default -> {
                    // Nothing else changes what a demo person does.
                }
            }
        }

        private void onRoster(Peer mine, ChannelMessage.Roster change) {
            if (change.full()) {
                roster.clear();
            }
            put(change.participants());
            put(change.add());
            put(change.change());
            if (change.remove() != null) {
                change.remove().forEach(roster::remove);
            }
            List<ChannelMessage.WantedSlot> wanted = new ArrayList<>();
            for (ChannelMessage.RosterEntry other : roster.values()) {
                boolean visible = !other.participant().equals(self) && wanted.size() < options.videoSlots();
                if (visible) {
                    wanted.add(new ChannelMessage.WantedSlot(
                            wanted.size(), other.participant(), Source.CAMERA, 320, 180, 0, false));
                }
            }
            mine.want(++revision, wanted);
        }

        private void put(List<ChannelMessage.RosterEntry> entries) {
            if (entries != null) {
                entries.forEach(entry -> roster.put(entry.participant(), entry));
            }
        }

        @Override
        public void closed(Peer mine, String why) {
            if (!over && ended.getCount() > 0) {
                say("the connection ended: " + why);
            }
            ended.countDown();
        }
    }
}
