package dev.parley.platform.objects;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Copies of objects that stay inside the server. S3 copies 5 GiB in one request, as slowly as one stream is read and written; parts of a larger object are
 * copied several at once.
 */
final class ServerSideCopy {
    /** What one request copies, 512 MiB; AWS takes some seconds for that. */
    static final long AT_ONCE = 512L << 20;

    private static final int TOGETHER = 8;

    private final S3Client client;
    private final String bucket;
    private final long atOnce;

    ServerSideCopy(S3Client client, String bucket, long atOnce) {
        this.client = client;
        this.bucket = bucket;
        this.atOnce = atOnce;
    }

    /** The entity tag of the copy. @param head of what is copied: another version of it is not */
    String copy(String source, String target, HeadObjectResponse head, String contentType) {
        if (head.contentLength() > atOnce) {
            return inParts(source, target, head, contentType);
        }
        return client.copyObject(copy -> copy.sourceBucket(bucket)
                        .sourceKey(source)
                        .copySourceIfMatch(head.eTag())
                        .destinationBucket(bucket)
                        .destinationKey(target)
                        .metadataDirective(MetadataDirective.REPLACE)
                        .contentType(contentType))
                .copyObjectResult()
                .eTag();
    }

    private String inParts(String source, String target, HeadObjectResponse head, String contentType) {
        String upload = client.createMultipartUpload(
                        create -> create.bucket(bucket).key(target).contentType(contentType))
                .uploadId();
        try {
            List<CompletedPart> parts = copyParts(source, target, head, upload);
            return client.completeMultipartUpload(complete -> complete.bucket(bucket)
                            .key(target)
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts)))
                    .eTag();
        } catch (RuntimeException e) {
            try {
                client.abortMultipartUpload(
                        abort -> abort.bucket(bucket).key(target).uploadId(upload));
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private List<CompletedPart> copyParts(String source, String target, HeadObjectResponse head, String upload) {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(TOGETHER, Thread.ofVirtual().factory())) {
            var copying = new ArrayList<Future<CompletedPart>>();
            for (long offset = 0; offset < head.contentLength(); offset += atOnce) {
                int number = copying.size() + 1;
                var range = new Reading.Range(offset, Math.min(offset + atOnce, head.contentLength()) - 1);
                copying.add(workers.submit(() -> part(source, target, head.eTag(), upload, number, range)));
            }
            var parts = new ArrayList<CompletedPart>();
            try {
                for (Future<CompletedPart> part : copying) {
                    parts.add(part.get());
                }
                return parts;
            } catch (ExecutionException e) {
                workers.shutdownNow();
                throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                workers.shutdownNow();
                Thread.currentThread().interrupt();
                throw BucketLargeObjects.unavailable(e);
            }
        }
    }

    private CompletedPart part(
            String source, String target, String etag, String upload, int number, Reading.Range range) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(client.uploadPartCopy(part -> part.sourceBucket(bucket)
                                .sourceKey(source)
                                .copySourceIfMatch(etag)
                                .copySourceRange(range.header())
                                .destinationBucket(bucket)
                                .destinationKey(target)
                                .uploadId(upload)
                                .partNumber(number))
                        .copyPartResult()
                        .eTag())
                .build();
    }
}
