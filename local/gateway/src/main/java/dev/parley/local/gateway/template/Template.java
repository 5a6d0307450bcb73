package dev.parley.local.gateway.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the local gateway takes from {@code template.yaml}.
 *
 * @param functions by logical id
 * @param queues by logical id
 * @param rest the REST API, when there is one
 * @param socket the WebSocket API, when there is one
 */
public record Template(
        Map<String, FunctionSpec> functions,
        Map<String, QueueSpec> queues,
        Optional<RestApiSpec> rest,
        Optional<SocketApiSpec> socket) {
    public Template {
        functions = Map.copyOf(functions);
        queues = Map.copyOf(queues);
    }

    /**
     * Reads a template.
     *
     * @param file the template; {@code CodeUri} is relative to its folder
     * @param parameters values of its parameters; the others keep their defaults
     * @throws TemplateException when it cannot be used
     */
    public static Template read(Path file, Map<String, String> parameters) {
        try {
            return new TemplateReader(
                            file.getFileName().toString(),
                            Files.readString(file),
                            file.toAbsolutePath().getParent())
                    .read(parameters);
        } catch (IOException e) {
            throw new TemplateException("Cannot read " + file, e);
        }
    }
}
