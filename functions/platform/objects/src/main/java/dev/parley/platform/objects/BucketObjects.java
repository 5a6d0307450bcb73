package dev.parley.platform.objects;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.kernel.Sha256;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Objects of an S3 bucket. What has a key never changes, so whoever reads it may keep it for a year. */
final class BucketObjects implements Objects {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final S3Client client;
    private final String bucket;
    private final String folder;

    private BucketObjects(S3Client client, String bucket, String folder) {
        this.client = client;
        this.bucket = bucket;
        this.folder = folder;
    }

    /** @param uri {@code s3://bucket/folder/}, or without a folder */
    static BucketObjects of(URI uri, Settings settings) {
        String bucket = uri.getAuthority();
        if (bucket == null || bucket.isBlank()) {
            throw new SettingsException("Setting " + SettingKeys.OBJECTS_URI + " names no bucket");
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        Optional<URI> endpoint = settings.uri(SettingKeys.S3_ENDPOINT);
        // A small object goes in one piece, with its checksum in the head: every server that speaks S3 takes that.
        S3Client client = AwsClients.build(
                S3Client.builder()
                        .forcePathStyle(endpoint.isPresent())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .serviceConfiguration(how -> how.chunkedEncodingEnabled(false)),
                settings,
                endpoint,
                ANSWER_TIMEOUT);
        return new BucketObjects(client, bucket, path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        call(s3 -> s3.putObject(
                put -> put.bucket(bucket)
                        .key(folder + key)
                        .contentType(contentType)
                        .checksumSHA256(Base64.getEncoder().encodeToString(Sha256.of(bytes)))
                        .cacheControl(FOR_EVER),
                RequestBody.fromBytes(bytes)));
    }

    @Override
    public void remove(String key) {
        call(s3 -> s3.deleteObject(delete -> delete.bucket(bucket).key(folder + key)));
    }

    private void call(Function<S3Client, ?> request) {
        try {
            request.apply(client);
        } catch (SdkException e) {
            throw new ApiException(
                    Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, e);
        }
    }
}
