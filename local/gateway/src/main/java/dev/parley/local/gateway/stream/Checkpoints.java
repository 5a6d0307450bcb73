package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far one mapping has come in each shard of one stream, in a file that is written whole or not at all, after the function has
 * answered. So what a stop or a crash cuts off is handed over again. Used by one thread.
 */
final class Checkpoints {
    /** Stands for a shard of which nothing is left to read. */
    private static final String END = "end";

    private final Path file;
    private final String stream;
    private final Map<String, String> shards = new TreeMap<>();

    /**
     * Reads the file; what it says of another stream is of a table that is gone.
     *
     * @throws UncheckedIOException when the file is there and cannot be read
     */
    Checkpoints(Path file, String stream) {
        this.file = file;
        this.stream = stream;
        try {
            if (Files.exists(file)) {
                JsonNode known = EventJson.MAPPER.readTree(Files.readAllBytes(file));
                if (known.path("stream").asString("").equals(stream)) {
                    known.path("shards")
                            .properties()
                            .forEach(entry ->
                                    shards.put(entry.getKey(), entry.getValue().asString("")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The number of the last record of a shard that is done with. */
    Optional<String> last(String shard) {
        return Optional.ofNullable(shards.get(shard)).filter(number -> !number.equals(END));
    }

    boolean isFinished(String shard) {
        return END.equals(shards.get(shard));
    }

    boolean isEmpty() {
        return shards.isEmpty();
    }

    void done(String shard, String sequenceNumber) {
        write(shard, sequenceNumber);
    }

    void finished(String shard) {
        write(shard, END);
    }

    /** Forgets the shards that the stream no longer has. */
    void keep(Set<String> present) {
        shards.keySet().retainAll(present);
    }

    private void write(String shard, String value) {
        shards.put(shard, value);
        ObjectNode content = EventJson.MAPPER.createObjectNode();
        content.put("stream", stream);
        ObjectNode each = content.putObject("shards");
        shards.forEach(each::put);
        try {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".new");
            Files.write(draft, EventJson.MAPPER.writeValueAsBytes(content));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
