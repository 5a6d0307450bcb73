package dev.parley.bench.roads;

import java.io.IOException;
import java.lang.foreign.Arena;

/** One {@code sendmmsg} call for all runs, each a message that the kernel cuts: what the engine does, without the engine. */
final class MessageRoad implements Road {
    private final Runs runs;
    private final Arena arena = Arena.ofConfined();
    private final long messages;
    private final int fd;

    private MessageRoad(Runs runs) throws IOException {
        this.runs = runs;
        messages = runs.messages(arena, true).address();
        fd = runs.sender();
    }

    static Road plain(Runs runs) throws IOException {
        return new MessageRoad(runs);
    }

    /** With a rate that a pacing queue discipline would hold: 100 Mb/s for the socket, far below what is sent. */
    static Road paced(Runs runs) throws IOException {
        MessageRoad road = new MessageRoad(runs);
        Linux.must(
                "SO_MAX_PACING_RATE",
                runs.linux().setsockopt(road.fd, Linux.SOL_SOCKET, Linux.SO_MAX_PACING_RATE, 12_500_000));
        return road;
    }

    @Override
    public int send() throws IOException {
        int done = 0;
        while (done < Runs.DESTINATIONS) {
            done += (int) Linux.must(
                    "sendmmsg",
                    runs.linux()
                            .sendmmsg(
                                    fd,
                                    messages + (long) done * Words.MMSGHDR_BYTES,
                                    Runs.DESTINATIONS - done,
                                    Linux.MSG_DONTWAIT));
        }
        return runs.packets();
    }

    @Override
    public void close() {
        runs.closeAll(fd);
        arena.close();
    }
}
