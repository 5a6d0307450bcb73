package dev.parley.local.supervisor;

import java.util.List;
import java.util.Optional;

/** Settings of components that systems of this kind are specified with and Parley does without, or of which it reads others: read by nobody, and said so. docs/replacements.md. */
enum Replaced {
    REDIS("short-lived keys, limits and presence are items of DynamoDB", "REDIS_"),
    ETCD("leases and placement are items of DynamoDB", "ETCD_"),
    NGINX("the gateway takes its routes from template.yaml", "NGINX_"),
    JWT("tokens are signed by key pairs, which local/keys shows and rotates", "JWT_"),
    MINIO(
            "an S3 server of yours is named by MINIO_ENDPOINT, MINIO_ACCESS_KEY, MINIO_SECRET_KEY and MINIO_BUCKET",
            "MINIO_"),
    MONGODB("nothing is kept in MongoDB", "MONGODB_", "MONGO_"),
    ZMQ("no inference node is called", "ZMQ_");

    private final String instead;
    private final List<String> prefixes;

    Replaced(String instead, String... prefixes) {
        this.instead = instead;
        this.prefixes = List.of(prefixes);
    }

    static Optional<Replaced> by(String name) {
        return List.of(values()).stream()
                .filter(one -> one.prefixes.stream().anyMatch(name::startsWith))
                .findFirst();
    }

    /** For people: which names are not used, and what does their work. */
    String report(List<String> names) {
        return "not used: " + String.join(", ", names) + " - " + instead;
    }
}
