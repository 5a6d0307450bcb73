package dev.parley.bench.janus;

import dev.parley.bench.MediaServer;
import dev.parley.bench.PeerServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code --peer janus}: the Janus of this machine's distribution with its VideoRoom.
 *
 * <p>It gets one event loop a core, as its own documentation advises for many participants; the system property {@code janus.event.loops} sets another
 * number, and 0 gives every participant's connection a thread of its own.
 */
public final class JanusPeer implements PeerServer {
    @Override
    public String name() {
        return "janus";
    }

    @Override
    public MediaServer start(Path folder) throws IOException, InterruptedException {
        int eventLoops =
                Integer.getInteger("janus.event.loops", Runtime.getRuntime().availableProcessors());
        JanusProcess process = JanusProcess.start(folder, eventLoops);
        try {
            return new JanusServer(process, process.openSession());
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }
}
