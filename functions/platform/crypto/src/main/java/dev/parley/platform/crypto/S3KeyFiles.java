package dev.parley.platform.crypto;

import dev.parley.kernel.SettingKeys;
import dev.parley.kernel.Settings;
import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Key sets as objects of a bucket that encrypts them. A function may only read its own, so nothing is written from here: who runs the
 * installation makes and rotates the sets in a folder and copies them, see {@code docs/keys.md}.
 */
final class S3KeyFiles implements KeyFiles {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);

    private final S3Client client;
    private final String bucket;
    private final String folder;

    private S3KeyFiles(S3Client client, String bucket, String folder) {
        this.client = client;
        this.bucket = bucket;
        this.folder = folder;
    }

    /** @param uri {@code s3://bucket/folder/} */
    static S3KeyFiles of(URI uri, Settings settings) {
        String bucket = uri.getAuthority();
        if (bucket == null || bucket.isBlank()) {
            throw new KeySetException("KEYS_URI names no bucket: it must look like s3://bucket/folder/", null);
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        Optional<URI> endpoint = settings.uri(SettingKeys.S3_ENDPOINT);
        S3Client client = AwsClients.build(
                S3Client.builder().forcePathStyle(endpoint.isPresent()), settings, endpoint, ANSWER_TIMEOUT);
        return new S3KeyFiles(client, bucket, path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    @Override
    public String read(String name) {
        String key = folder + name;
        try {
            return client.getObject(get -> get.bucket(bucket).key(key), ResponseTransformer.toBytes())
                    .asUtf8String();
        } catch (SdkException e) {
            throw new KeySetException("The key set s3://" + bucket + "/" + key + " cannot be read", e);
        }
    }

    @Override
    public void createIfMissing(String name, Supplier<String> text) {
        throw new KeySetException("Key sets in a bucket are made elsewhere and copied there", null);
    }

    @Override
    public void replace(String name, String text) {
        throw new KeySetException("Key sets in a bucket are rotated elsewhere and copied there", null);
    }
}
