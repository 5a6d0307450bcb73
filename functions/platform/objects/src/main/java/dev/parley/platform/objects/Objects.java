package dev.parley.platform.objects;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import java.net.URI;
import java.nio.file.Path;

/** A store of objects. A store that does not answer is 503 {@code store.unavailable}. Thread-safe. */
public interface Objects {
    /**
     * Writes an object, whatever was there.
     *
     * @param key its path, without a slash in front: {@code avatars/u_1/a_2.jpg}
     * @param contentType as browsers are told
     */
    void put(String key, byte[] bytes, String contentType);

    /** Removes an object, if there is one. */
    void remove(String key);

    /** The store that {@code OBJECTS_URI} names. Connects at the first use. @throws SettingsException when it is no {@code file:} or {@code s3:} address */
    static Objects of(Settings settings) {
        URI uri = settings.uri(SettingKeys.OBJECTS_URI)
                .orElseThrow(() -> new SettingsException("Setting " + SettingKeys.OBJECTS_URI + " is missing"));
        return switch (String.valueOf(uri.getScheme())) {
            case "file" -> new FolderObjects(Path.of(uri));
            case "s3" -> BucketObjects.of(uri, settings);
            default ->
                throw new SettingsException("Setting " + SettingKeys.OBJECTS_URI
                        + " must be a file: or s3: address of a folder, not '" + uri + "'");
        };
    }
}
