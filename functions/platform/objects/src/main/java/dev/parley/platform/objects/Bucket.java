package dev.parley.platform.objects;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import java.net.URI;
import java.util.Optional;

/**
 * The bucket of large files and who may use it.
 *
 * @param folder put before every key: empty, or with a slash behind
 * @param endpoint where functions find the server, absent on AWS
 * @param publicEndpoint where browsers find it, absent on AWS
 * @param settings with the credentials for it
 */
record Bucket(String name, String folder, Optional<URI> endpoint, Optional<URI> publicEndpoint, Settings settings) {
    static Bucket of(Settings settings) {
        URI uri = settings.uri(SettingKeys.FILES_URI)
                .orElseThrow(() -> new SettingsException("Setting " + SettingKeys.FILES_URI + " is missing"));
        String name = uri.getAuthority();
        if (!"s3".equals(uri.getScheme()) || name == null || name.isBlank()) {
            throw new SettingsException(
                    "Setting " + SettingKeys.FILES_URI + " must be the s3: address of a bucket, not '" + uri + "'");
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        Optional<URI> endpoint = endpoint(settings, SettingKeys.FILES_ENDPOINT);
        return new Bucket(
                name,
                path.isEmpty() || path.endsWith("/") ? path : path + "/",
                endpoint,
                endpoint(settings, SettingKeys.FILES_PUBLIC_ENDPOINT).or(() -> endpoint),
                withItsCredentials(settings));
    }

    private static Optional<URI> endpoint(Settings settings, String key) {
        Optional<URI> endpoint = settings.uri(key);
        endpoint.ifPresent(uri -> {
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new SettingsException("Setting " + key + " must be an http: address, not '" + uri + "'");
            }
        });
        return endpoint;
    }

    /** Settings in which the credentials of AWS are this server's, where it has its own. */
    private static Settings withItsCredentials(Settings settings) {
        if (settings.find(SettingKeys.FILES_ACCESS_KEY)
                .filter(key -> !key.isBlank())
                .isEmpty()) {
            return settings;
        }
        return key -> switch (key) {
            case SettingKeys.AWS_ACCESS_KEY_ID -> settings.find(SettingKeys.FILES_ACCESS_KEY);
            case SettingKeys.AWS_SECRET_ACCESS_KEY -> settings.find(SettingKeys.FILES_SECRET_KEY);
            case SettingKeys.AWS_SESSION_TOKEN -> Optional.empty();
            default -> settings.find(key);
        };
    }
}
