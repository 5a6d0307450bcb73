package dev.parley.platform.objects;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Errors;
import dev.parley.kernel.Sha256;
import dev.parley.platform.aws.AwsClients;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Large objects of an S3 bucket, by AWS's own client, whoever's the server is. */
final class BucketLargeObjects implements LargeObjects {
    /** For what a server answers at once. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    /** For what moves bytes inside the server: it may be silent for as long as that takes. */
    private static final Duration WORK_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_.-][A-Za-z0-9/_.-]{0,511}");
    private static final int PAGE = 1000;

    private final Bucket bucket;
    private final S3Client client;
    private final S3Client patient;
    private final RequestSigner signer;
    private final ServerSideCopy copies;

    private BucketLargeObjects(Bucket bucket, Duration lifetime, long copiedAtOnce) {
        this.bucket = bucket;
        this.client = client(bucket, ANSWER_TIMEOUT);
        this.patient = client(bucket, WORK_TIMEOUT);
        this.signer = new RequestSigner(bucket, lifetime);
        this.copies = new ServerSideCopy(patient, bucket.name(), copiedAtOnce);
    }

    static BucketLargeObjects of(Bucket bucket) {
        return new BucketLargeObjects(bucket, ADDRESS_LIFETIME, ServerSideCopy.AT_ONCE);
    }

    /**
     * @param lifetime of addresses
     * @param copiedAtOnce bytes that one request copies; a larger object is copied in parts of that size
     */
    static BucketLargeObjects of(Bucket bucket, Duration lifetime, long copiedAtOnce) {
        return new BucketLargeObjects(bucket, lifetime, copiedAtOnce);
    }

    private static S3Client client(Bucket bucket, Duration answerTimeout) {
        // What is sent in one piece carries its checksum in the head: every server that speaks S3 takes that.
        return AwsClients.build(
                S3Client.builder()
                        .forcePathStyle(bucket.endpoint().isPresent())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .serviceConfiguration(how -> how.chunkedEncodingEnabled(false)),
                bucket.settings(),
                bucket.endpoint(),
                answerTimeout);
    }

    @Override
    public String begin(String key, String contentType) {
        String full = full(key);
        return call(() -> client.createMultipartUpload(create -> create.bucket(bucket.name())
                        .key(full)
                        .contentType(contentType)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId());
    }

    @Override
    public SignedRequest part(String key, String upload, int number, long size, byte[] sha256) {
        if (number < 1 || number > MOST_PARTS) {
            throw new IllegalArgumentException("No number of a part: " + number);
        }
        if (size < 1 || size > LARGEST_PART) {
            throw new IllegalArgumentException("No size of a part: " + size);
        }
        if (sha256.length != 32) {
            throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + sha256.length);
        }
        return signer.part(full(key), upload, number, size, Base64.getEncoder().encodeToString(sha256));
    }

    @Override
    public Optional<List<Part>> parts(String key, String upload) {
        String full = full(key);
        var parts = new ArrayList<Part>();
        int after = 0;
        while (true) {
            int marker = after;
            Optional<ListPartsResponse> page = known(() -> client.listParts(list -> list.bucket(bucket.name())
                    .key(full)
                    .uploadId(upload)
                    .maxParts(PAGE)
                    .partNumberMarker(marker)));
            if (page.isEmpty()) {
                return Optional.empty();
            }
            page.get()
                    .parts()
                    .forEach(part -> parts.add(new Part(
                            part.partNumber(), part.size(), part.eTag(), Optional.ofNullable(part.checksumSHA256()))));
            if (parts.isEmpty()) {
                // Not every server says that there is no such upload.
                return isUnderWay(full, upload) ? Optional.of(List.of()) : Optional.empty();
            }
            if (!Boolean.TRUE.equals(page.get().isTruncated())) {
                return Optional.of(List.copyOf(parts));
            }
            after = parts.getLast().number();
        }
    }

    private boolean isUnderWay(String full, String upload) {
        return call(() -> client.listMultipartUploads(
                        list -> list.bucket(bucket.name()).prefix(full)))
                .uploads()
                .stream()
                .anyMatch(found -> found.key().equals(full) && found.uploadId().equals(upload));
    }

    @Override
    public Finish finish(String key, String upload, List<Part> parts) {
        String full = full(key);
        if (parts.isEmpty()) {
            return Finish.REFUSED;
        }
        List<CompletedPart> completed = parts.stream()
                .map(part -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag())
                        .checksumSHA256(part.sha256().orElse(null))
                        .build())
                .toList();
        try {
            Optional<?> done = known(() -> patient.completeMultipartUpload(complete -> complete.bucket(bucket.name())
                    .key(full)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(completed))));
            // An answer that was lost leaves the object behind, and no upload.
            return done.isPresent() || stat(key).isPresent() ? Finish.DONE : Finish.GONE;
        } catch (RefusedException e) {
            return Finish.REFUSED;
        }
    }

    @Override
    public void abandon(String key, String upload) {
        String full = full(key);
        known(() -> client.abortMultipartUpload(
                abort -> abort.bucket(bucket.name()).key(full).uploadId(upload)));
    }

    @Override
    public SignedRequest read(String key, Reading reading) {
        return signer.read(full(key), reading);
    }

    @Override
    public Optional<StoredObject> stat(String key) {
        return head(full(key))
                .map(head -> new StoredObject(key, head.contentLength(), head.eTag(), head.lastModified()));
    }

    private Optional<HeadObjectResponse> head(String full) {
        return known(() -> client.headObject(head -> head.bucket(bucket.name()).key(full)));
    }

    @Override
    public Optional<InputStream> open(String key, long offset, long length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException("No bytes of an object: " + length + " from " + offset);
        }
        String full = full(key);
        return head(full).map(head -> {
            long end = length > head.contentLength() - offset ? head.contentLength() : offset + length;
            return offset >= end
                    ? InputStream.nullInputStream()
                    : new ReopenedStream(client, bucket.name(), full, head.eTag(), offset, end);
        });
    }

    @Override
    public void put(String key, byte[] bytes, String contentType) {
        String full = full(key);
        call(() -> client.putObject(
                put -> put.bucket(bucket.name())
                        .key(full)
                        .contentType(contentType)
                        .checksumSHA256(Base64.getEncoder().encodeToString(Sha256.of(bytes))),
                RequestBody.fromBytes(bytes)));
    }

    @Override
    public boolean copy(String from, String to, String contentType) {
        String source = full(from);
        String target = full(to);
        Optional<HeadObjectResponse> head = head(source);
        return head.isPresent()
                && known(() -> copies.copy(source, target, head.get(), contentType))
                        .isPresent();
    }

    @Override
    public void remove(String key) {
        String full = full(key);
        call(() -> client.deleteObject(delete -> delete.bucket(bucket.name()).key(full)));
    }

    @Override
    public List<StoredObject> list(String prefix, String after, int limit) {
        checkLimit(limit);
        return call(() -> client.listObjectsV2(list -> list.bucket(bucket.name())
                        .prefix(bucket.folder() + prefix)
                        .startAfter(after.isEmpty() ? null : bucket.folder() + after)
                        .maxKeys(limit)))
                .contents()
                .stream()
                .map(found -> new StoredObject(key(found.key()), found.size(), found.eTag(), found.lastModified()))
                .toList();
    }

    @Override
    public List<Upload> uploads(String prefix, int limit) {
        checkLimit(limit);
        return call(() -> client.listMultipartUploads(list -> list.bucket(bucket.name())
                        .prefix(bucket.folder() + prefix)
                        .maxUploads(limit)))
                .uploads()
                .stream()
                .map(found -> new Upload(key(found.key()), found.uploadId(), found.initiated()))
                .toList();
    }

    private static void checkLimit(int limit) {
        if (limit < 1 || limit > PAGE) {
            throw new IllegalArgumentException("No number of answers: " + limit);
        }
    }

    private String full(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("No key of an object: " + key);
        }
        return bucket.folder() + key;
    }

    private String key(String full) {
        return full.substring(bucket.folder().length());
    }

    /** A request about something that may not be there: then the answer is absent. */
    private static <T> Optional<T> known(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case 404 -> Optional.empty();
                case 400, 412 -> throw new RefusedException(e);
                default -> throw unavailable(e);
            };
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    private static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw unavailable(e);
        }
    }

    static ApiException unavailable(Exception cause) {
        return new ApiException(
                Errors.STORE_UNAVAILABLE, Errors.STORE_UNAVAILABLE.message(), Map.of(), RETRY_AFTER, cause);
    }
}
