package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import java.net.URI;
import java.util.Map;

/**
 * A bucket for large files, and how it is reached.
 *
 * @param endpoint of the S3 server, for functions
 * @param publicEndpoint of the same server, for browsers
 */
record FilesInUse(String bucket, URI endpoint, URI publicEndpoint, String accessKey, String secretKey) {
    /** By the keys of {@link SettingKeys}. */
    Map<String, String> values() {
        return Map.of(
                SettingKeys.FILES_URI,
                "s3://" + bucket + "/",
                SettingKeys.FILES_ENDPOINT,
                endpoint.toString(),
                SettingKeys.FILES_PUBLIC_ENDPOINT,
                publicEndpoint.toString(),
                SettingKeys.FILES_ACCESS_KEY,
                accessKey,
                SettingKeys.FILES_SECRET_KEY,
                secretKey);
    }
}
