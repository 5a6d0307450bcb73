package dev.parley.platform.objects;

import dev.parley.platform.aws.AwsClients;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Signs requests that others make: Signature Version 4 in the query, for the host that they see. It connects to nothing. What is signed with temporary
 * credentials is good no longer than those are.
 */
final class RequestSigner {
    /** Every HTTP client sends these by itself, with the values that were signed. */
    private static final Set<String> SENT_ANYWAY = Set.of("host", "content-length");

    private final Bucket bucket;
    private final Duration lifetime;
    private final S3Presigner presigner;

    RequestSigner(Bucket bucket, Duration lifetime) {
        this.bucket = bucket;
        this.lifetime = lifetime;
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(AwsClients.region(bucket.settings()))
                .credentialsProvider(AwsClients.credentials(bucket.settings()))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(bucket.publicEndpoint().isPresent())
                        .build());
        bucket.publicEndpoint().ifPresent(builder::endpointOverride);
        this.presigner = builder.build();
    }

    /** @param sha256 in base64 */
    SignedRequest part(String key, String upload, int number, long size, String sha256) {
        return signed(presigner.presignUploadPart(sign -> sign.signatureDuration(lifetime)
                .uploadPartRequest(part -> part.bucket(bucket.name())
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .contentLength(size)
                        .checksumSHA256(sha256))));
    }

    SignedRequest read(String key, Reading reading) {
        return signed(presigner.presignGetObject(sign -> sign.signatureDuration(lifetime)
                .getObjectRequest(get -> get.bucket(bucket.name())
                        .key(key)
                        .range(reading.range().map(Reading.Range::header).orElse(null))
                        .responseContentType(reading.contentType())
                        .responseContentDisposition(Disposition.of(reading.fileName(), reading.inline())))));
    }

    private SignedRequest signed(PresignedRequest presigned) {
        Map<String, String> headers = presigned.signedHeaders().entrySet().stream()
                .filter(header -> !SENT_ANYWAY.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(Map.Entry::getKey, header -> String.join(",", header.getValue())));
        return new SignedRequest(
                presigned.httpRequest().method().name(),
                URI.create(presigned.url().toString()),
                headers,
                presigned.expiration());
    }
}
