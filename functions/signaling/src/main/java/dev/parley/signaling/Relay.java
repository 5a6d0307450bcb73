package dev.parley.signaling;

import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Passes on what people's devices in a room tell each other, to all or to one. The server sets who it is from. */
public final class Relay {
    private static final String SFU = "sfu";

    private final RoomService service;
    private final Rooms rooms;
    private final Broadcast broadcast;

    public Relay(RoomService service, Sockets sockets, Rooms rooms, Outlet outlet) {
        this.service = Objects.requireNonNull(service);
        this.rooms = Objects.requireNonNull(rooms);
        this.broadcast = new Broadcast(sockets, rooms, outlet);
    }

    /** Somebody begins or ends to share a screen. */
    Optional<Long> screenShare(Speaker speaker, ClientFrame frame) {
        if (frame.on() == null) {
            throw SignalErrors.FIELD.about("on");
        }
        RoomService.Talk talk = service.talk(speaker, frame);
        service.permit(talk, Capability.SHARE_SCREEN);
        long seq = rooms.nextSeq(talk.roomId());
        broadcast.send(
                talk.roomId(),
                talk.others(),
                new ServerFrame.ScreenShare(talk.roomId(), talk.self().userId(), frame.on(), seq));
        return Optional.of(seq);
    }

    /** Offer, answer and candidate between two people. */
    Optional<Long> toPeer(Speaker speaker, ClientFrame frame) {
        if (frame.target() == null || frame.target().isBlank()) {
            throw SignalErrors.FIELD.about("target");
        }
        if (SFU.equals(frame.target())) {
            throw SignalErrors.USE_REST.about("target");
        }
        boolean candidate = "candidate".equals(frame.type());
        if (candidate
                ? frame.candidate() == null
                : frame.sdp() == null || frame.sdp().isBlank()) {
            throw SignalErrors.FIELD.about(candidate ? "candidate" : "sdp");
        }
        if (!candidate && frame.sdp().getBytes(StandardCharsets.UTF_8).length > SocketProtocol.MAX_SDP_BYTES) {
            throw SignalErrors.TOO_LARGE.about("sdp");
        }
        RoomService.Talk talk = service.talk(speaker, frame);
        String from = talk.self().userId();
        broadcast.send(
                talk.roomId(),
                targets(talk, frame.target()),
                switch (frame.type()) {
                    case "offer" -> new ServerFrame.Offer(talk.roomId(), from, frame.sdp());
                    case "answer" -> new ServerFrame.Answer(talk.roomId(), from, frame.sdp());
                    default -> new ServerFrame.Candidate(talk.roomId(), from, frame.candidate());
                });
        return Optional.empty();
    }

    /** What an application says about media, to one or to all. */
    Optional<Long> mediaControl(Speaker speaker, ClientFrame frame) {
        if (frame.control() == null) {
            throw SignalErrors.FIELD.about("control");
        }
        RoomService.Talk talk = service.talk(speaker, frame);
        List<Member> hearers = frame.target() == null ? talk.others() : targets(talk, frame.target());
        broadcast.send(
                talk.roomId(),
                hearers,
                new ServerFrame.MediaControl(talk.roomId(), talk.self().userId(), frame.control()));
        return Optional.empty();
    }

    private static List<Member> targets(RoomService.Talk talk, String target) {
        List<Member> targets =
                talk.others().stream().filter(member -> member.isTarget(target)).toList();
        if (targets.isEmpty()) {
            throw SignalErrors.TARGET.about("target");
        }
        return targets;
    }
}
