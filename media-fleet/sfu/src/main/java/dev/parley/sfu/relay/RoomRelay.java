package dev.parley.sfu.relay;

import dev.parley.sfu.ParticipantSpec;
import dev.parley.sfu.Source;
import dev.parley.sfu.relay.RelayMessage.Bye;
import dev.parley.sfu.relay.RelayMessage.Came;
import dev.parley.sfu.relay.RelayMessage.Hello;
import dev.parley.sfu.relay.RelayMessage.RelayedSource;
import dev.parley.sfu.relay.RelayMessage.Went;
import dev.parley.sfu.tracks.Gathering;
import dev.parley.sfu.tracks.PublisherClock;
import dev.parley.sfu.tracks.Track;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one part of a room has to do with the room's other parts: shows them its people's tracks, and has a mirror of each of theirs. Every part is linked
 * with every other; nothing is passed on twice.
 */
public final class RoomRelay {
    private static final int HELLO_TICKS = 10;

    private final String room;
    private final long part;
    private final RelayOwner owner;
    private final Gathering gathering;
    private final List<Local> locals = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Map<Track, List<Export>> shown = new IdentityHashMap<>();
    private long ticks;

    /** Somebody who is in this part. */
    private record Local(ParticipantSpec spec, long joinedNanos, List<Track> tracks) {}

    /** Another part of the room. */
    private static final class Peer {
        private final RelayLink link;
        private final List<Export> exports = new ArrayList<>();
        private final List<Mirror> mirrors = new ArrayList<>();
        private boolean linked;
        private long part;

        private Peer(RelayLink link) {
            this.link = link;
        }
    }

    /**
     * The relay of a part that is alone so far.
     *
     * @param part a number that the agent gives to no other part
     * @param gathering where packets that came over wait for the rest of their frame
     */
    public RoomRelay(String room, long part, RelayOwner owner, Gathering gathering) {
        this.gathering = gathering;
        this.room = room;
        this.part = part;
        this.owner = owner;
    }

    // ---- the part's own people

    /** Joins with the part of this room at the other end of a link; ignored when it is joined. */
    public void spread(RelayLink link) {
        if (find(link) == null) {
            peers.add(new Peer(link));
            link.send(new Hello(room, part, false));
        }
    }

    /** Somebody came into this part; whoever has the number elsewhere came earlier. */
    public void came(ParticipantSpec spec, List<Track> tracks, long nowNanos) {
        for (int i = 0; i < peers.size(); i++) {
            drop(peers.get(i), spec.number(), nowNanos, nowNanos);
        }
        Local local = new Local(spec, nowNanos, tracks);
        locals.add(local);
        for (Peer peer : peers) {
            if (peer.linked) {
                show(peer, local);
            }
        }
    }

    /** Somebody left this part. */
    public void went(long number) {
        for (int i = locals.size() - 1; i >= 0; i--) {
            Local local = locals.get(i);
            if (local.spec().number() == number) {
                locals.remove(i);
                for (Peer peer : peers) {
                    hide(peer, local);
                }
            }
        }
    }

    /** This part ends. */
    public void end(long nowNanos) {
        for (Peer peer : peers) {
            endExports(peer);
            dropAll(peer, nowNanos);
            peer.link.send(new Bye(room, part));
        }
        peers.clear();
        locals.clear();
    }

    private void show(Peer peer, Local local) {
        List<RelayedSource> sources = new ArrayList<>();
        for (Track track : local.tracks()) {
            Export export = new Export(
                    peer.link, peer.link.newNumber(), track, local.spec().formats());
            peer.exports.add(export);
            peer.link.add(export);
            shown.computeIfAbsent(track, none -> new ArrayList<>()).add(export);
            sources.add(new RelayedSource(export.number(), track.published()));
        }
        peer.link.send(new Came(
                room,
                local.spec().number(),
                local.joinedNanos(),
                sources,
                local.spec().formats()));
    }

    private void hide(Peer peer, Local local) {
        for (int i = peer.exports.size() - 1; i >= 0; i--) {
            Export export = peer.exports.get(i);
            if (local.tracks().contains(export.track())) {
                end(peer, export);
                peer.exports.remove(i);
            }
        }
        if (peer.linked) {
            peer.link.send(new Went(room, local.spec().number(), local.joinedNanos()));
        }
    }

    private void endExports(Peer peer) {
        for (Export export : peer.exports) {
            end(peer, export);
        }
        peer.exports.clear();
    }

    private void end(Peer peer, Export export) {
        export.end();
        peer.link.remove(export);
        List<Export> same = shown.get(export.track());
        same.remove(export);
        if (same.isEmpty()) {
            shown.remove(export.track());
        }
    }

    // ---- what other parts say

    void onMessage(RelayLink link, RelayMessage message, long nowNanos) {
        switch (message) {
            case Hello hello -> onHello(link, hello, nowNanos);
            case Bye bye -> onBye(link, bye, nowNanos);
            case Came came -> onCame(link, came, nowNanos);
            case Went went -> onWent(link, went, nowNanos);
        }
    }

    private void onHello(RelayLink link, Hello hello, long nowNanos) {
        Peer peer = find(link);
        if (peer == null) {
            peer = new Peer(link);
            peers.add(peer);
        }
        if (!hello.answer()) {
            link.send(new Hello(room, part, true));
        }
        if (peer.linked && peer.part == hello.part()) {
            return;
        }
        endExports(peer);
        dropAll(peer, nowNanos);
        peer.linked = true;
        peer.part = hello.part();
        for (Local local : locals) {
            show(peer, local);
        }
        owner.peopleChanged();
    }

    private void onBye(RelayLink link, Bye bye, long nowNanos) {
        Peer peer = find(link);
        if (peer != null && peer.linked && peer.part == bye.part()) {
            endExports(peer);
            dropAll(peer, nowNanos);
            peers.remove(peer);
            owner.peopleChanged();
        }
    }

    private void onCame(RelayLink link, Came came, long nowNanos) {
        Peer peer = find(link);
        if (peer == null || !peer.linked) {
            return;
        }
        for (int i = 0; i < peers.size(); i++) {
            drop(peers.get(i), came.number(), came.joinedNanos(), nowNanos);
        }
        for (int i = locals.size() - 1; i >= 0; i--) {
            if (locals.get(i).spec().number() == came.number() && locals.get(i).joinedNanos() < came.joinedNanos()) {
                owner.replacedElsewhere(came.number(), nowNanos);
                break;
            }
        }
        mirror(peer, came);
        owner.peopleChanged();
    }

    private void mirror(Peer peer, Came came) {
        PublisherClock clock = new PublisherClock();
        List<MirrorTrack> tracks = new ArrayList<>();
        for (RelayedSource source : came.tracks()) {
            Track track = Track.relayed(came.number(), source.published(), clock);
            MirrorTrack mirrored = new MirrorTrack(peer.link, source.track(), track, came.formats(), gathering);
            tracks.add(mirrored);
            peer.link.add(mirrored);
            owner.trackCame(track);
        }
        peer.mirrors.add(new Mirror(came.number(), came.joinedNanos(), List.copyOf(tracks)));
    }

    private void onWent(RelayLink link, Went went, long nowNanos) {
        Peer peer = find(link);
        if (peer != null) {
            drop(peer, went.number(), went.joinedNanos(), nowNanos);
            owner.peopleChanged();
        }
    }

    /** Lets go of the mirrors of a number that came no later than this. */
    private void drop(Peer peer, long number, long joinedNanos, long nowNanos) {
        for (int i = peer.mirrors.size() - 1; i >= 0; i--) {
            Mirror mirror = peer.mirrors.get(i);
            if (mirror.number() == number && mirror.joinedNanos() <= joinedNanos) {
                drop(peer, mirror, nowNanos);
            }
        }
    }

    private void dropAll(Peer peer, long nowNanos) {
        while (!peer.mirrors.isEmpty()) {
            drop(peer, peer.mirrors.getLast(), nowNanos);
        }
    }

    private void drop(Peer peer, Mirror mirror, long nowNanos) {
        peer.mirrors.remove(mirror);
        for (MirrorTrack track : mirror.tracks()) {
            peer.link.remove(track);
            owner.trackWent(track.track(), nowNanos);
        }
    }

    private Peer find(RelayLink link) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).link == link) {
                return peers.get(i);
            }
        }
        return null;
    }

    // ---- the clockwork of the part

    /** Whether the room has other parts. */
    public boolean spread() {
        return !peers.isEmpty();
    }

    /** How many people are in other parts. */
    public int peopleElsewhere() {
        int people = 0;
        for (int i = 0; i < peers.size(); i++) {
            people += peers.get(i).mirrors.size();
        }
        return people;
    }

    /** A picture of somebody in another part; null when there is none. */
    public Track video(long number, Source source) {
        for (int p = 0; p < peers.size(); p++) {
            List<Mirror> mirrors = peers.get(p).mirrors;
            for (int m = 0; m < mirrors.size(); m++) {
                if (mirrors.get(m).number() == number) {
                    for (MirrorTrack mirrored : mirrors.get(m).tracks()) {
                        if (mirrored.track().source() == source) {
                            return mirrored.track();
                        }
                    }
                }
            }
        }
        return null;
    }

    /** The layers of a track of this part that receivers in other parts wish for, as bits. */
    public int wishedElsewhere(Track track) {
        List<Export> exports = shown.get(track);
        int wished = 0;
        for (int i = 0; exports != null && i < exports.size(); i++) {
            wished |= exports.get(i).wished();
        }
        return wished;
    }

    /** Tells the other parts how this part's tracks do; every tick, before choices are made. */
    public void tellTracks(long nowNanos) {
        ticks++;
        boolean wishesChanged = false;
        for (int p = 0; p < peers.size(); p++) {
            Peer peer = peers.get(p);
            if (!peer.linked && ticks % HELLO_TICKS == 0 && !peer.link.behind()) {
                peer.link.send(new Hello(room, part, false));
            }
            for (int e = 0; e < peer.exports.size(); e++) {
                Export export = peer.exports.get(e);
                wishesChanged |= export.takeWishChanged();
                if (!peer.link.behind()) {
                    export.tell(nowNanos);
                }
            }
        }
        if (wishesChanged) {
            owner.wishesChanged();
        }
    }

    /** Begins to gather anew which layers of other parts' pictures are wished for and watched here. */
    public void beginWishes() {
        for (int p = 0; p < peers.size(); p++) {
            List<Mirror> mirrors = peers.get(p).mirrors;
            for (int m = 0; m < mirrors.size(); m++) {
                List<MirrorTrack> tracks = mirrors.get(m).tracks();
                for (int t = 0; t < tracks.size(); t++) {
                    tracks.get(t).track().relayed().beginWishes();
                }
            }
        }
    }

    /** Tells the other parts what is wanted of their tracks and what is missing; every tick, after choices were made. */
    public void tellWishes(long nowNanos) {
        for (int p = 0; p < peers.size(); p++) {
            Peer peer = peers.get(p);
            for (int m = 0; m < peer.mirrors.size(); m++) {
                List<MirrorTrack> tracks = peer.mirrors.get(m).tracks();
                for (int t = 0; t < tracks.size(); t++) {
                    tracks.get(t).tellWish();
                    tracks.get(t).request(nowNanos);
                }
            }
        }
    }
}
