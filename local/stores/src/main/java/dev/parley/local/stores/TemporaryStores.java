package dev.parley.local.stores;

import dev.parley.local.queues.QueueServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The servers that every component test of this JVM shares; started by the first, stopped with the JVM. */
final class TemporaryStores {
    /** A bad day for every component test of a run: {@code -Dstores.chaos=conflict=0.1,throttle=0.1}. */
    private static final String CHAOS = "stores.chaos";

    private static final AtomicInteger CALLERS = new AtomicInteger();

    private final EmbeddedDatabase database;
    private final EmbeddedTables tables;
    private final QueueServer queues;

    private TemporaryStores() {
        FutureTask<EmbeddedTables> starting = Stores.inBackground(
                "tables",
                () -> EmbeddedTables.start(Optional.empty(), 0, TableChaos.parse(System.getProperty(CHAOS, ""))));
        this.database = EmbeddedDatabase.start(Optional.empty(), Optional.empty(), 0);
        this.queues = QueueServer.start(Optional.empty(), 0, InstantSource.system());
        this.tables = Stores.await(starting);
    }

    private static final class Shared {
        static final TemporaryStores SERVERS = new TemporaryStores();
    }

    /** Started by the first test that asks for it: most have nothing to do with large files. */
    private static final class SharedFiles {
        static final EmbeddedFiles SERVER = start();

        private static EmbeddedFiles start() {
            Path folder = temporaryFolder();
            EmbeddedFiles server = EmbeddedFiles.start(folder, 0);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(folder);
            }));
            return server;
        }
    }

    static Stores open() {
        TemporaryStores servers = Shared.SERVERS;
        String name = "t" + CALLERS.incrementAndGet();
        Path folder = temporaryFolder();
        return Stores.over(
                servers.database,
                servers.tables,
                servers.queues,
                name,
                name + "-",
                folder.resolve("keys"),
                () -> SharedFiles.SERVER.bucket("files-" + name),
                () -> {
                    servers.database.dropDatabase(name);
                    delete(folder);
                });
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("parley-stores");
        } catch (IOException e) {
            throw new StoresException("No temporary folder", e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new StoresException("Folder " + folder + " could not be deleted", e);
        }
    }
}
