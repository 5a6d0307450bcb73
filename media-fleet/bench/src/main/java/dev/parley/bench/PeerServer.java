package dev.parley.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** A kind of media server to compare with. Found by {@link ServiceLoader}. */
public interface PeerServer {
    /** What {@code --peer} calls it. */
    String name();

    /**
     * Starts one.
     *
     * @param folder for its configuration and logs, deleted afterwards
     * @throws IOException saying what is missing on this machine
     */
    MediaServer start(Path folder) throws IOException, InterruptedException;

    /** The one of this name. */
    static Optional<PeerServer> find(String name) {
        return ServiceLoader.load(PeerServer.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }
}
