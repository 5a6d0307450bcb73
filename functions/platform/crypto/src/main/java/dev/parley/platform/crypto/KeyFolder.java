package dev.parley.platform.crypto;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;

/** The folder of an installation's key sets: {@code access.jwks.json}, {@code media.jwks.json}, {@code node.jwks.json}. */
public final class KeyFolder {
    /** The key sets, one per audience. */
    public enum Name {
        /** Access tokens for the REST API. The only set that is published. */
        ACCESS,
        /** Media tokens for rooms. */
        MEDIA,
        /** Node tokens for the control API of media nodes. */
        NODE;

        /** The file's name in the folder. */
        public String fileName() {
            return name().toLowerCase(Locale.ROOT) + ".jwks.json";
        }
    }

    private final Path folder;

    public KeyFolder(Path folder) {
        this.folder = Objects.requireNonNull(folder);
    }

    /** The folder that {@code KEYS_URI} names. @throws KeySetException when it is not a {@code file:} address */
    public static KeyFolder of(Settings settings) {
        URI uri = URI.create(settings.required(SettingKeys.KEYS_URI));
        if (!"file".equals(uri.getScheme())) {
            throw new KeySetException(
                    "KEYS_URI must be a file: address of a folder, not " + uri.getScheme() + ":", null);
        }
        return new KeyFolder(Path.of(uri));
    }

    /** Reads one set. @throws KeySetException when it is not there or not a key set */
    public KeySet load(Name name) {
        Path file = folder.resolve(name.fileName());
        try {
            return KeySet.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new KeySetException("The key set " + file + " cannot be read", e);
        }
    }

    /** Makes the sets that are not there yet, readable by this user alone. Those that are there stay as they are. */
    public void createMissing(InstantSource clock, SecureRandom random) {
        try {
            Files.createDirectories(folder);
            for (Name name : Name.values()) {
                Path file = folder.resolve(name.fileName());
                if (Files.notExists(file)) {
                    KeySet made = KeySet.generate(name.name().toLowerCase(Locale.ROOT), clock.instant(), random);
                    write(file, made.privateJson());
                }
            }
        } catch (IOException e) {
            throw new KeySetException("The key folder " + folder + " cannot be written", e);
        }
    }

    private static void write(Path file, String text) throws IOException {
        FileAttribute<?>[] ownerOnly =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownerOnly);
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (FileAlreadyExistsException e) {
            // Another process of this installation was first, and its keys are the ones to use.
            return;
        }
    }
}
