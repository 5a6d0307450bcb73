package dev.parley.platform.objects;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Objects as files of a folder; their type is what their name says. Who reads one gets all of it or none. */
final class FolderObjects implements Objects {
    private final Path folder;

    FolderObjects(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        Path file = fileOf(key);
        try {
            Files.createDirectories(file.getParent());
            Path whole = Files.createTempFile(file.getParent(), ".", ".new");
            try {
                Files.write(whole, bytes);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void remove(String key) {
        try {
            Files.deleteIfExists(fileOf(key));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private Path fileOf(String key) {
        Path file = folder.resolve(key).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IllegalArgumentException("No key of an object: " + key);
        }
        return file;
    }

    private static ApiException unavailable(IOException cause) {
        return new ApiException(Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), null, cause);
    }
}
