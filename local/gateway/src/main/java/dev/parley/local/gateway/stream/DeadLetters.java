package dev.parley.local.gateway.stream;

import dev.parley.local.gateway.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was given up, a file each, oldest first: {@code <time>-<function>.json}. Replaying one hands its records to their function again;
 * what it then takes is gone from here. Thread-safe.
 */
public final class DeadLetters {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9]{3}-[0-9]+-[A-Za-z0-9]+");
    private static final String SUFFIX = ".json";

    private final Path folder;
    private int written;

    /** @param folder made when the first letter is written */
    DeadLetters(Path folder) {
        this.folder = folder;
    }

    /** Keeps a letter. @return its id */
    synchronized String keep(String function, ObjectNode letter) {
        Instant now = Instant.parse(letter.path("timestamp").asString());
        String id = TIME.format(now) + "-" + ++written + "-" + function;
        write(id, letter);
        return id;
    }

    /** The ids, oldest first. */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .filter(id -> ID.matcher(id).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    public Optional<JsonNode> find(String id) {
        if (!ID.matcher(id).matches() || !Files.exists(file(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(EventJson.MAPPER.readTree(Files.readAllBytes(file(id))));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file(id), e);
        }
    }

    /** Logical id of the function that could not take a letter. */
    static String function(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    /**
     * Hands the records of a letter over again. Those that fail again stay.
     *
     * @param call hands a batch to a function, by its logical id
     * @return how many failed; absent when there is no such letter
     */
    public synchronized Optional<BatchResult> replay(
            String id, BiFunction<String, List<ObjectNode>, BatchResult> call) {
        return find(id).map(letter -> {
            List<ObjectNode> records = letter.path("payload")
                    .path("Records")
                    .valueStream()
                    .map(ObjectNode.class::cast)
                    .toList();
            BatchResult outcome = call.apply(function(id), records);
            if (outcome.failed().isEmpty()) {
                drop(id);
            } else {
                ObjectNode left = ((ObjectNode) letter).deepCopy();
                left.set(
                        "payload",
                        StreamEvent.of(
                                outcome.failed().stream().map(records::get).toList()));
                write(id, left);
            }
            return outcome;
        });
    }

    /** Deletes a letter. @return whether it was there */
    public synchronized boolean drop(String id) {
        try {
            return ID.matcher(id).matches() && Files.deleteIfExists(file(id));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file(id), e);
        }
    }

    private void write(String id, JsonNode letter) {
        try {
            Files.createDirectories(folder);
            Path draft = folder.resolve(id + ".new");
            Files.write(draft, EventJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(letter));
            Files.move(draft, file(id), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file(id), e);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }
}
