package dev.parley.bench.janus;

import dev.parley.bench.MediaServer;
import dev.parley.bench.PeerServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code --peer janus}: the Janus of this machine's distribution with its VideoRoom.
 *
 * <p>It gets one event loop a core, with which a forwarded packet cost it a third of what it costs with a thread for every connection, its default. The
 * system property {@code janus.event.loops} sets another number; 0 is the default's threads.
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
            JanusServer server = new JanusServer(process, process.openSession());
            System.err.printf(
                    "%s; %s; media at %s; it does not choose the loudest, so everybody subscribes to the first voices%n",
                    server.srtp(),
                    eventLoops > 0 ? eventLoops + " event loops" : "a thread for each connection",
                    process.address().getHostAddress());
            return server;
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }
}
