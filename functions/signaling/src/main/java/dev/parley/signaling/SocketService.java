package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.WireException;
import dev.parley.contracts.signaling.ClientFrame;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.Role;
import dev.parley.kernel.SocketTicket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** A socket's life: opened, frame by frame, closed. Every command with an id is answered by an ack or an error with it. */
public final class SocketService {
    private final Sockets sockets;
    private final RoomService rooms;
    private final Relay relay;
    private final Outlet outlet;
    private final Departures departures;

    public SocketService(Sockets sockets, RoomService rooms, Relay relay, Outlet outlet, Departures departures) {
        this.sockets = Objects.requireNonNull(sockets);
        this.rooms = Objects.requireNonNull(rooms);
        this.relay = Objects.requireNonNull(relay);
        this.outlet = Objects.requireNonNull(outlet);
        this.departures = Objects.requireNonNull(departures);
    }

    public void opened(String connectionId, SocketTicket holder) {
        sockets.open(new Socket(connectionId, holder, Optional.empty()));
    }

    /** A socket is closed, by whomever. Its holder's presence ends with it, where they have an account. */
    public void closed(String connectionId, SocketTicket holder) {
        depart(connectionId, holder);
        closed(connectionId);
    }

    private void depart(String connectionId, SocketTicket holder) {
        if (holder.role() == Role.GUEST || holder.role() == Role.DEVICE) {
            return;
        }
        try {
            departures.closed(holder.userId(), connectionId);
        } catch (ApiException e) {
            // What nobody renews ends by itself: the room is worth more.
            return;
        }
    }

    private void closed(String connectionId) {
        sockets.close(connectionId)
                .flatMap(Socket::roomId)
                .ifPresent(roomId -> rooms.disconnected(roomId, connectionId));
    }

    /** Takes one frame. A refusal is sent to the socket, not thrown; a store that does not answer is a refusal too. */
    public void frame(String connectionId, SocketTicket holder, String text) {
        String id = null;
        try {
            ClientFrame frame = read(text);
            id = frame.id();
            answer(new Speaker(connectionId, holder), frame);
        } catch (ApiException e) {
            Object field = e.details().get("field");
            send(
                    connectionId,
                    new ServerFrame.Failed(e.code(), e.getMessage(), field == null ? null : field.toString(), id));
            if (SignalErrors.BANNED.code().equals(e.code())) {
                outlet.close(connectionId);
                closed(connectionId);
            }
        }
    }

    private void answer(Speaker speaker, ClientFrame frame) {
        if (speaker.holder().role() == Role.DEVICE && !"ping".equals(frame.type())) {
            // A device that signs in by itself listens.
            throw SignalErrors.TYPE.about("type");
        }
        Optional<RoomService.Entry> entry =
                "join".equals(frame.type()) ? Optional.of(rooms.join(speaker, frame)) : Optional.empty();
        Optional<Long> seq = switch (frame.type()) {
            case "ping" -> {
                send(speaker.connectionId(), new ServerFrame.Pong(frame.id(), frame.at()));
                yield Optional.empty();
            }
            case "join" -> entry.flatMap(RoomService.Entry::seq);
            case "leave" -> rooms.leave(speaker, frame);
            case "room-info" -> {
                send(speaker.connectionId(), rooms.info(speaker, frame));
                yield Optional.empty();
            }
            case "screen-share" -> relay.screenShare(speaker, frame);
            case "offer", "answer", "candidate" -> relay.toPeer(speaker, frame);
            case "media-control" -> relay.mediaControl(speaker, frame);
            default -> throw SignalErrors.TYPE.about("type");
        };
        boolean answered = "ping".equals(frame.type()) || "room-info".equals(frame.type());
        if (frame.id() != null && !answered) {
            send(speaker.connectionId(), new ServerFrame.Ack(frame.id(), seq.orElse(null)));
        }
        entry.ifPresent(in -> send(speaker.connectionId(), in.info()));
    }

    private void send(String connectionId, ServerFrame frame) {
        outlet.send(connectionId, Wire.write(frame));
    }

    private static ClientFrame read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > SocketProtocol.MAX_FRAME_BYTES) {
            throw SignalErrors.TOO_LARGE.exception();
        }
        try {
            ClientFrame frame = Wire.read(text, ClientFrame.class);
            if (frame.type() == null) {
                throw SignalErrors.UNREADABLE.exception();
            }
            if (frame.id() != null && frame.id().length() > 64) {
                throw SignalErrors.FIELD.about("id");
            }
            return frame;
        } catch (WireException e) {
            throw e.field().isEmpty() ? SignalErrors.UNREADABLE.exception() : SignalErrors.FIELD.about(e.field());
        }
    }
}
