package dev.parley.platform.dynamo.nearby;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB in this very process, by its endpoint: a call to it needs neither HTTP nor a signature nor JSON. There is none on Lambda. A
 * local installation names its own here, and the local gateway lets every function see this class as one. Thread-safe.
 */
public final class NearbyTables {
    private static final Map<URI, DynamoDbClient> CLIENTS = new ConcurrentHashMap<>();

    private NearbyTables() {}

    /** The client of the tables at this endpoint, if they are in this process. It stays open when it is closed. */
    public static Optional<DynamoDbClient> at(URI endpoint) {
        return Optional.ofNullable(CLIENTS.get(endpoint));
    }

    /** The tables at this endpoint are here from now on. */
    public static void open(URI endpoint, DynamoDbClient client) {
        CLIENTS.put(endpoint, client);
    }

    /** They are no more. */
    public static void close(URI endpoint) {
        CLIENTS.remove(endpoint);
    }
}
