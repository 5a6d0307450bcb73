package dev.parley.local.gateway.mail;

import dev.parley.local.gateway.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The folder of local mail: a JSON file for each, named so that later ones sort behind earlier ones. */
final class LocalMail {
    private static final String SUFFIX = ".json";
    private static final Pattern ID = Pattern.compile("[0-9]{13}-[0-9a-z]{1,32}");

    private final Path folder;

    LocalMail(Path folder) {
        this.folder = folder;
    }

    /** One mail. @param content as the function wrote it */
    record Mail(String id, JsonNode content) {
        String text(String name) {
            return content.path(name).asString("");
        }

        boolean isTo(String address) {
            return text("address").equalsIgnoreCase(address);
        }
    }

    /** Newest first. */
    List<Mail> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted(Comparator.reverseOrder())
                    .flatMap(id -> find(id).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    Optional<Mail> find(String id) {
        Path file = folder.resolve(id + SUFFIX);
        if (!ID.matcher(id).matches() || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Mail(id, EventJson.MAPPER.readTree(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
