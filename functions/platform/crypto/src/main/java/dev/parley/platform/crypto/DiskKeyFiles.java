package dev.parley.platform.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Supplier;

/** Key sets in a folder of this machine, readable by their owner alone. */
final class DiskKeyFiles implements KeyFiles {
    private final Path folder;

    DiskKeyFiles(Path folder) {
        this.folder = Objects.requireNonNull(folder);
    }

    @Override
    public String read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new KeySetException("The key set " + file + " cannot be read", e);
        }
    }

    @Override
    public void createIfMissing(String name, Supplier<String> text) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            if (Files.notExists(file)) {
                create(file, text.get());
            }
        } catch (FileAlreadyExistsException e) {
            // Another process of this installation was first, and its keys are the ones to use.
            return;
        } catch (IOException e) {
            throw new KeySetException("The key folder " + folder + " cannot be written", e);
        }
    }

    @Override
    public void replace(String name, String text) {
        Path file = folder.resolve(name);
        Path next = folder.resolve(name + ".next");
        try {
            Files.deleteIfExists(next);
            create(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KeySetException("The key set " + file + " cannot be written", e);
        }
    }

    private static void create(Path file, String text) throws IOException {
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(file, ownerOnly);
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
