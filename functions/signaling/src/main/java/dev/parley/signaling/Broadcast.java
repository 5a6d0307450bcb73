package dev.parley.signaling;

import dev.parley.contracts.Wire;
import dev.parley.contracts.signaling.ServerFrame;
import dev.parley.contracts.signaling.SocketProtocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Sends one frame to many sockets, {@value SocketProtocol#INLINE_PUSHES} at a time, and forgets those that are gone. */
final class Broadcast {
    private final Sockets sockets;
    private final Rooms rooms;
    private final Outlet outlet;

    Broadcast(Sockets sockets, Rooms rooms, Outlet outlet) {
        this.sockets = Objects.requireNonNull(sockets);
        this.rooms = Objects.requireNonNull(rooms);
        this.outlet = Objects.requireNonNull(outlet);
    }

    /**
     * Returns when every socket was tried once. A socket that cannot be reached now misses the frame and finds the gap by itself.
     *
     * @throws dev.parley.kernel.ApiException 413 {@code signal.too_large} when the frame is larger than any socket takes
     */
    void send(String roomId, Collection<Member> members, ServerFrame frame) {
        String text = Wire.write(frame);
        if (text.getBytes(StandardCharsets.UTF_8).length > SocketProtocol.MAX_FRAME_BYTES) {
            throw SignalErrors.TOO_LARGE.exception();
        }
        List<Member> gone = members.size() <= 1 ? oneByOne(members, text) : together(members, text);
        for (Member member : gone) {
            sockets.close(member.connectionId());
            rooms.remove(roomId, member.connectionId());
        }
    }

    private List<Member> oneByOne(Collection<Member> members, String text) {
        return members.stream()
                .filter(member -> !outlet.send(member.connectionId(), text))
                .toList();
    }

    private List<Member> together(Collection<Member> members, String text) {
        Semaphore atOnce = new Semaphore(SocketProtocol.INLINE_PUSHES);
        List<Member> gone = new ArrayList<>();
        try (ExecutorService pushes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Member member : members) {
                pushes.execute(() -> {
                    atOnce.acquireUninterruptibly();
                    try {
                        if (!outlet.send(member.connectionId(), text)) {
                            synchronized (gone) {
                                gone.add(member);
                            }
                        }
                    } finally {
                        atOnce.release();
                    }
                });
            }
        }
        return gone;
    }
}
