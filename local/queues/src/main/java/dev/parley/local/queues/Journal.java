package dev.parley.local.queues;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of one queue, a line of JSON each, in a file that is only ever appended to: a process that is killed loses nothing it had
 * answered for. The half line that a power cut may leave at the end is not read. {@link #rewrite} shortens it. Used under the queues' lock.
 */
final class Journal implements AutoCloseable {
    /** Lines after which it is worth to look whether most of them are of messages that are gone. */
    private static final int WORTH_SHORTENING = 2_000;

    private final Optional<Path> file;
    private BufferedWriter writer;
    private int lines;

    /** @param file absent keeps nothing */
    Journal(Optional<Path> file) {
        this.file = file;
    }

    /** Reads every line there is. @throws UncheckedIOException when the file is there and cannot be read */
    void read(Consumer<JsonNode> line) {
        if (file.isEmpty() || !Files.exists(file.get())) {
            return;
        }
        try {
            for (String text : Files.readAllLines(file.get(), StandardCharsets.UTF_8)) {
                try {
                    line.accept(Json.MAPPER.readTree(text));
                } catch (JacksonException e) {
                    // only the last line of a cut-off write is none: what was not written whole was not answered for
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.get(), e);
        }
    }

    void append(ObjectNode line) {
        if (file.isEmpty()) {
            return;
        }
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(
                        file.get(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(line.toString());
            writer.write('\n');
            writer.flush();
            lines++;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file.get(), e);
        }
    }

    /** Whether it is long enough to be shortened to {@code needed} lines. */
    boolean isWorthRewriting(int needed) {
        return lines > WORTH_SHORTENING && lines > 4 * needed;
    }

    /** Replaces what stands in it by these lines, whole or not at all. */
    void rewrite(List<ObjectNode> content) {
        if (file.isEmpty()) {
            return;
        }
        try {
            close();
            Path draft = file.get().resolveSibling(file.get().getFileName() + ".new");
            Files.write(draft, content.stream().map(ObjectNode::toString).toList(), StandardCharsets.UTF_8);
            Files.move(draft, file.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            lines = content.size();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file.get(), e);
        }
    }

    /** Deletes what was kept. */
    void delete() {
        close();
        try {
            if (file.isPresent()) {
                Files.deleteIfExists(file.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file.get(), e);
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
                writer = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close " + file.get(), e);
        }
    }
}
