package dev.parley.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rooms of one profile, and what is sent in them. */
final class Load implements AutoCloseable {
    /** One room: its people in the order of their seats, and what they send. */
    private record Room(List<Participant> people, List<OutgoingStream> streams) {}

    private final Crowd crowd;
    private final Profile profile;
    private final String name;
    private final List<Room> rooms = new ArrayList<>();
    private Pacer pacer;
    private int playing;
    private long revision;

    /** @param name what the rooms' names begin with */
    Load(Crowd crowd, Profile profile, String name) {
        this.crowd = crowd;
        this.profile = profile;
        this.name = name;
    }

    static String roomName(String name, int room) {
        return name + "-" + room;
    }

    /** Joins the people of as many more rooms, senders first; answers how many joined. */
    int join(int more) throws IOException, InterruptedException {
        List<List<Seat>> seats = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            seats.add(profile.seats(roomName(name, rooms.size() + i)));
        }
        List<Seat> all = seats.stream().flatMap(List::stream).toList();
        Map<Boolean, List<Seat>> bySending = all.stream()
                .collect(Collectors.partitioningBy(
                        seat -> seat.plan().camera() || seat.plan().microphone()));
        List<Participant> joined = new ArrayList<>(crowd.joinAll(bySending.get(true)));
        joined.addAll(crowd.joinAll(bySending.get(false)));
        Map<Seat, Participant> people = joined.stream().collect(Collectors.toMap(Participant::seat, one -> one));
        for (List<Seat> room : seats) {
            List<Participant> ordered = room.stream().map(people::get).toList();
            rooms.add(new Room(ordered, profile.streams(ordered)));
        }
        return all.size();
    }

    /** Sends in the first so many rooms, and no longer in others. */
    void play(int count) {
        stop();
        playing = count;
        List<OutgoingStream> streams = rooms.subList(0, count).stream()
                .flatMap(room -> room.streams().stream())
                .toList();
        long start = System.nanoTime();
        for (int i = 0; i < streams.size(); i++) {
            OutgoingStream stream = streams.get(i);
            stream.startAt(start + i * stream.frameNanos() / streams.size());
        }
        pacer = new Pacer(streams, crowd.wires().sender());
        turn();
    }

    /** Sends nothing any more. */
    void stop() {
        if (pacer != null) {
            pacer.close();
            pacer = null;
        }
    }

    Pacer pacer() {
        return pacer;
    }

    int rooms() {
        return rooms.size();
    }

    int playing() {
        return playing;
    }

    Profile profile() {
        return profile;
    }

    /** Lets people change what they want. */
    void turn() {
        revision++;
        rooms.subList(0, playing).forEach(room -> profile.turn(room.people(), revision));
    }

    /** Those of the rooms in which media flows. */
    List<Participant> audience() {
        return rooms.subList(0, playing).stream()
                .flatMap(room -> room.people().stream())
                .toList();
    }

    /** Everybody leaves. */
    @Override
    public void close() {
        stop();
        rooms.stream().flatMap(room -> room.people().stream()).forEach(Participant::close);
        rooms.clear();
        playing = 0;
    }
}
