package dev.parley.notifications.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * What would be sent, a file each, readable by its owner alone: {@code <epoch milliseconds>-<random>.json} with {@code at}, {@code type},
 * {@code address}, {@code name}, {@code subject} and {@code text}; of a mail more than that. What is sent twice is there twice.
 */
public final class OutboxFolder {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /** @param folder made when the first of it is written */
    public OutboxFolder(Path folder, InstantSource clock) {
        this.folder = Objects.requireNonNull(folder);
        this.clock = Objects.requireNonNull(clock);
    }

    /** What has an address, a headline and a text, and no more. */
    void write(String type, String address, String name, String subject, String text) throws IOException {
        Instant now = clock.instant();
        Map<String, String> content = new LinkedHashMap<>();
        content.put("at", now.toString());
        content.put("type", type);
        content.put("address", address);
        content.put("name", name);
        content.put("subject", subject);
        content.put("text", text);
        write(now, content);
    }

    void write(Instant now, Map<String, String> content) throws IOException {
        String name = "%013d-%08x".formatted(now.toEpochMilli(), random.nextInt());
        Files.createDirectories(folder);
        Path draft = Files.createFile(folder.resolve(name + ".new"), ownerOnly());
        Files.write(draft, JSON.writeValueAsBytes(content));
        Files.move(draft, folder.resolve(name + ".json"), StandardCopyOption.ATOMIC_MOVE);
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
