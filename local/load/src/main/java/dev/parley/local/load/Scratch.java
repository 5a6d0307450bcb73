package dev.parley.local.load;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** A folder that is gone when it is closed, or when the process is ended before that. */
final class Scratch implements AutoCloseable {
    private final Path folder;
    private final Thread atTheEnd = new Thread(this::remove, "scratch");

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** Makes one where temporary files are. */
    static Scratch make(String prefix) throws IOException {
        return kept(Files.createTempDirectory(prefix));
    }

    static Scratch in(Path parent, String prefix) throws IOException {
        return kept(Files.createTempDirectory(parent, prefix));
    }

    private static Scratch kept(Path folder) {
        Scratch scratch = new Scratch(folder);
        Runtime.getRuntime().addShutdownHook(scratch.atTheEnd);
        return scratch;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException e) {
            // The process ends already, and finds nothing to remove.
        }
    }

    /** All that can be removed; whatever still writes there may have been quicker. */
    private void remove() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    return removed(file);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                    return removed(directory);
                }
            });
        } catch (IOException e) {
            System.err.println(folder + " could not be removed: " + e);
        }
    }

    private static FileVisitResult removed(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println(path + " could not be removed: " + e);
        }
        return FileVisitResult.CONTINUE;
    }
}
