package dev.parley.bench.roads;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code sendmmsg} with {@code MSG_ZEROCOPY}: the kernel pins the packets' pages instead of copying, and says on the error queue when it lets go of them. */
final class ZeroCopyRoad implements Road {
    private static final int CONTROL_BYTES = 256;
    /** In the error queue's control message, behind its header: {@code ee_code} of {@code sock_extended_err}. */
    private static final int CODE_AT = 16 + 6;

    private static final int COPIED_AFTER_ALL = 1;

    private final Runs runs;
    private final Arena arena = Arena.ofConfined();
    private final long messages;
    private final MemorySegment notice = arena.allocate(Words.MMSGHDR_BYTES, 64);
    private final MemorySegment control = arena.allocate(CONTROL_BYTES, 64);
    private final int fd;
    private long notices;
    private long copied;

    private ZeroCopyRoad(Runs runs) throws IOException {
        this.runs = runs;
        messages = runs.messages(arena, true).address();
        fd = runs.sender();
        Linux.must("SO_ZEROCOPY", runs.linux().setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_ZEROCOPY, 1));
    }

    static Road open(Runs runs) throws IOException {
        return new ZeroCopyRoad(runs);
    }

    @Override
    public int send() throws IOException {
        int done = 0;
        while (done < Runs.DESTINATIONS) {
            long sent = runs.linux()
                    .sendmmsg(
                            fd,
                            messages + (long) done * Words.MMSGHDR_BYTES,
                            Runs.DESTINATIONS - done,
                            Linux.MSG_DONTWAIT | Linux.MSG_ZEROCOPY);
            done += (int) Linux.must("sendmmsg with MSG_ZEROCOPY", sent);
            takeNotices();
        }
        return runs.packets();
    }

    private void takeNotices() throws IOException {
        while (true) {
            Words.mmsghdr(notice, 0, 0, 0, 0, control.address());
            notice.set(JAVA_LONG, 40, CONTROL_BYTES);
            long got = runs.linux().recvmsg(fd, notice.address(), Linux.MSG_ERRQUEUE | Linux.MSG_DONTWAIT);
            if (got == -Linux.EAGAIN) {
                return;
            }
            Linux.must("recvmsg of the error queue", got);
            notices++;
            if ((control.get(JAVA_BYTE, CODE_AT) & COPIED_AFTER_ALL) != 0) {
                copied++;
            }
        }
    }

    @Override
    public String toString() {
        return notices + " notices, " + copied + " of them: copied after all";
    }

    @Override
    public void close() {
        runs.closeAll(fd);
        arena.close();
    }
}
