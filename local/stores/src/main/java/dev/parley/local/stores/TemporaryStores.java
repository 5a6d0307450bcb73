package dev.parley.local.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The servers that every component test of this JVM shares; started by the first, stopped with the JVM. */
final class TemporaryStores {
    private static final AtomicInteger CALLERS = new AtomicInteger();

    private final EmbeddedDatabase database;
    private final EmbeddedTables tables;

    private TemporaryStores() {
        FutureTask<EmbeddedTables> starting =
                Stores.inBackground("tables", () -> EmbeddedTables.start(Optional.empty(), 0));
        this.database = EmbeddedDatabase.start(Optional.empty(), Optional.empty(), 0);
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
