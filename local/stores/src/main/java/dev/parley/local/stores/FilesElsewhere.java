package dev.parley.local.stores;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * An S3 server that is not Parley's own, such as MinIO: it is used, not started or stopped.
 *
 * @param endpoint its address, {@code http://host:port}
 * @param publicEndpoint the same server as browsers reach it
 * @param bucket for large files; made when there is none
 */
public record FilesElsewhere(URI endpoint, URI publicEndpoint, String bucket, String accessKey, String secretKey) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public FilesElsewhere {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(publicEndpoint, "publicEndpoint");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(accessKey, "accessKey");
        Objects.requireNonNull(secretKey, "secretKey");
    }

    /** @throws StoresException when it does not answer, or refuses these keys */
    FilesInUse check() {
        Settings keys = Settings.of(
                Map.of(SettingKeys.AWS_ACCESS_KEY_ID, accessKey, SettingKeys.AWS_SECRET_ACCESS_KEY, secretKey));
        try (S3Client client =
                AwsClients.build(S3Client.builder().forcePathStyle(true), keys, Optional.of(endpoint), PATIENCE)) {
            try {
                client.headBucket(head -> head.bucket(bucket));
            } catch (NoSuchBucketException e) {
                client.createBucket(create -> create.bucket(bucket));
            }
        } catch (SdkException e) {
            throw new StoresException(
                    "Bucket " + bucket + " of the S3 server at " + endpoint + " cannot be used as " + accessKey + ": "
                            + e.getMessage() + " (MINIO_ENDPOINT names it; without it Parley starts its own)",
                    e);
        }
        return new FilesInUse(bucket, endpoint, publicEndpoint, accessKey, secretKey);
    }

    @Override
    public String toString() {
        return bucket + " at " + endpoint;
    }
}
