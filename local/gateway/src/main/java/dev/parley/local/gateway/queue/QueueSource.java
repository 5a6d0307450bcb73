package dev.parley.local.gateway.queue;

import dev.parley.local.queues.QueueServer;
import java.net.URI;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The queues of an installation.
 *
 * @param server made them, and shows what stands in them
 */
public record QueueSource(QueueServer server) {
    /** What the embedded server takes: it does not look at signatures. */
    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    public QueueSource {
        Objects.requireNonNull(server);
    }

    /** Where SQS answers. */
    public URI endpoint() {
        return server.endpoint();
    }

    SqsClient client() {
        return SqsClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYBODY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
