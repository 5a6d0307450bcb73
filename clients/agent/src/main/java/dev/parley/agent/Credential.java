package dev.parley.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * What a device signs in with, in a file that its owner alone may read.
 *
 * @param server where Parley is served, {@code https://meet.example.org}
 * @param secret the credential's text
 */
record Credential(URI server, String deviceId, String secret) {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    /** @throws AgentException when there is none, or others may read it */
    static Credential read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new AgentException(
                    Exit.CREDENTIAL, "this device is not registered: " + file + " is missing; parley-agent register");
        }
        try {
            if (hasPermissions() && !OWNER_ALONE.containsAll(Files.getPosixFilePermissions(file))) {
                throw new AgentException(
                        Exit.CREDENTIAL,
                        "others may read " + file + ": chmod 600 it, and register the device anew if they did");
            }
            Json json = Json.parse(Files.readString(file));
            if (json.text("server").isEmpty()
                    || json.text("device_id").isEmpty()
                    || json.text("credential").isEmpty()) {
                throw new AgentException(Exit.CREDENTIAL, file + " is no credential of a device");
            }
            return new Credential(URI.create(json.text("server")), json.text("device_id"), json.text("credential"));
        } catch (IOException | IllegalArgumentException e) {
            throw new AgentException(Exit.CREDENTIAL, file + " cannot be read: " + e.getMessage());
        }
    }

    /** Writes it whole, or not at all. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        FileAttribute<?>[] permissions = hasPermissions()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
        Path whole = Files.createTempFile(folder, ".credential", ".new", permissions);
        try {
            Files.writeString(
                    whole,
                    Json.write(Map.of("server", server.toString(), "device_id", deviceId, "credential", secret)) + "\n",
                    StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static boolean hasPermissions() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public String toString() {
        return deviceId + " at " + server;
    }
}
