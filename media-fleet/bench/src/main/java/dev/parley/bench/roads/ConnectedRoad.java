package dev.parley.bench.roads;

import java.io.IOException;
import java.lang.foreign.Arena;

/** A connected socket for each destination: no route is looked up, but every run is a system call. */
final class ConnectedRoad implements Road {
    private final Runs runs;
    private final Arena arena = Arena.ofConfined();
    private final long messages;
    private final int[] fds;

    private ConnectedRoad(Runs runs) throws IOException {
        this.runs = runs;
        messages = runs.messages(arena, false).address();
        fds = runs.connected();
    }

    static Road open(Runs runs) throws IOException {
        return new ConnectedRoad(runs);
    }

    @Override
    public int send() throws IOException {
        for (int i = 0; i < fds.length; i++) {
            Linux.must(
                    "sendmsg",
                    runs.linux().sendmsg(fds[i], messages + (long) i * Words.MMSGHDR_BYTES, Linux.MSG_DONTWAIT));
        }
        return runs.packets();
    }

    @Override
    public void close() {
        runs.closeAll(fds);
        arena.close();
    }
}
