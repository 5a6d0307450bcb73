package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.meetings.Capability;
import dev.parley.contracts.meetings.MeetingSettings;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Limit;
import dev.parley.kernel.RateLimiter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Passes on what people in a room say, to all or to one. The server sets who it is from. */
public final class Relay {
    private static final String SFU = "sfu";

    private final RoomService service;
    private final Rooms rooms;
    private final Meetings meetings;
    private final Broadcast broadcast;
    private final RateLimiter limiter;
    private final InstantSource clock;

    public Relay(
            RoomService service,
            Sockets sockets,
            Rooms rooms,
            Meetings meetings,
            Outlet outlet,
            RateLimiter limiter,
            InstantSource clock) {
        this.service = Objects.requireNonNull(service);
        this.rooms = Objects.requireNonNull(rooms);
        this.meetings = Objects.requireNonNull(meetings);
        this.broadcast = new Broadcast(sockets, rooms, outlet);
        this.limiter = Objects.requireNonNull(limiter);
        this.clock = Objects.requireNonNull(clock);
    }

    /** A message to everybody else in the room, or in the sender's breakout of it, and to the sender's other devices. */
    Optional<Long> chat(Speaker speaker, ClientFrame frame) {
        String text = frame.text() == null ? "" : frame.text().strip();
        if (text.isEmpty() || text.length() > SocketProtocol.MAX_CHAT_CHARS) {
            throw SignalErrors.FIELD.about("text");
        }
        if (frame.clientMsgId() != null && frame.clientMsgId().length() > 64) {
            throw SignalErrors.FIELD.about("client_msg_id");
        }
        throttle(speaker);
        RoomService.Talk talk = service.talk(speaker, frame);
        if (Boolean.FALSE.equals(
                Wire.read(talk.meeting().settings(), MeetingSettings.class).enableChat())) {
            throw SignalErrors.CHAT_OFF.exception();
        }
        service.permit(talk, Capability.CHAT);
        long seq = rooms.nextSeq(talk.roomId());
        Member self = talk.self();
        broadcast.send(
                talk.roomId(),
                together(talk),
                new ServerFrame.Chat(
                        talk.roomId(),
                        self.userId(),
                        self.displayName(),
                        text,
                        frame.clientMsgId(),
                        clock.instant(),
                        seq));
        return Optional.of(seq);
    }

    /** The others who are in the same breakout room, or in none as the speaker. */
    private List<Member> together(RoomService.Talk talk) {
        Map<String, String> places = meetings.places(talk.roomId(), clock.instant());
        String here = places.getOrDefault(talk.self().userId(), "");
        return talk.others().stream()
                .filter(member -> places.getOrDefault(member.userId(), "").equals(here))
                .toList();
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

    /** Chat stays open when the limiter's store does not answer. */
    private void throttle(Speaker speaker) {
        Optional<Duration> wait;
        try {
            wait = limiter.acquire("chat#" + speaker.holder().userId(), Limit.PERSON_MESSAGES);
        } catch (ApiException e) {
            return;
        }
        if (wait.isPresent()) {
            throw Errors.limited(wait.get());
        }
    }
}
