package dev.parley.local.gateway.stream;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * The store whose streams are read, and where is kept how far.
 *
 * @param tables makes a client of DynamoDB
 * @param streams makes a client of its streams
 * @param folder {@code streams/} and {@code dead-letters/} are made in it
 */
public record StreamSource(Supplier<DynamoDbClient> tables, Supplier<DynamoDbStreamsClient> streams, Path folder) {
    /** What the embedded store takes: it asks for a signature and does not check whose. */
    private static final StaticCredentialsProvider ANYBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    public StreamSource {
        Objects.requireNonNull(tables);
        Objects.requireNonNull(streams);
        Objects.requireNonNull(folder);
    }

    /** Over HTTP. @param endpoint of DynamoDB and its streams */
    public static StreamSource at(URI endpoint, Path folder) {
        return new StreamSource(
                () -> client(DynamoDbClient.builder(), endpoint),
                () -> client(DynamoDbStreamsClient.builder(), endpoint),
                folder);
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(ANYBODY)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
