package dev.parley.local.supervisor;

import java.util.List;
import java.util.Optional;

/** Settings of components that systems of this kind are specified with and Parley does without: read by nobody, and said so. docs/replacements.md. */
enum Replaced {
    REDIS("short-lived keys, limits and presence are items of DynamoDB", "REDIS_"),
    ETCD("leases and placement are items of DynamoDB", "ETCD_"),
    NGINX("the gateway takes its routes from template.yaml", "NGINX_"),
    JWT("tokens are signed by key pairs, which local/keys shows and rotates", "JWT_"),
    MINIO("pictures are kept in .parley/objects, in the cloud in the bucket that OBJECTS_URI names", "MINIO_"),
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
