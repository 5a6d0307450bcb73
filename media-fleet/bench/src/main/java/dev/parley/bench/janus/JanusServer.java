package dev.parley.bench.janus;

import dev.parley.bench.MediaServer;
import dev.parley.bench.Participant;
import dev.parley.bench.Seat;
import dev.parley.bench.wire.Wires;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Janus under load: all participants are handles of one session. */
final class JanusServer implements MediaServer {
    private final JanusProcess process;
    private final JanusSession session;
    private final Map<String, JanusRoom> rooms = new HashMap<>();
    private final String version;

    JanusServer(JanusProcess process, JanusSession session) throws IOException, InterruptedException {
        this.process = process;
        this.session = session;
        JsonNode info = session.info();
        version = "Janus " + info.path("version_string").asString("of unknown version") + ", "
                + info.path("dependencies").path("libsrtp").asString("libsrtp") + ", AEAD_AES_128_GCM";
    }

    @Override
    public String name() {
        return "janus";
    }

    @Override
    public List<Long> pids() {
        return List.of(process.pid());
    }

    @Override
    public Participant join(Seat seat, Wires wires) throws IOException, InterruptedException {
        JanusParticipant participant = new JanusParticipant(seat, session, room(seat.room()), wires, process.address());
        try {
            participant.enter();
            return participant;
        } catch (IOException | InterruptedException | RuntimeException e) {
            participant.close();
            throw e;
        }
    }

    private synchronized JanusRoom room(String name) throws IOException, InterruptedException {
        JanusRoom room = rooms.get(name);
        if (room == null) {
            room = new JanusRoom(rooms.size() + 1);
            session.attach().createRoom(room.id());
            rooms.put(name, room);
        }
        return room;
    }

    @Override
    public String srtp() {
        return version;
    }

    @Override
    public void close() {
        session.close();
        process.close();
    }
}
