package dev.parley.local.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lists what functions could not take, and hands it over again: the program behind {@code local/dead-letters}. Exit code 0 when all is
 * well, 1 when something was not taken again or is not there, 3 when nothing runs.
 */
public final class DeadLetters {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client;
    private final URI letters;

    private DeadLetters(HttpClient client, URI letters) {
        this.client = client;
        this.letters = letters;
    }

    public static void main(String[] words) throws InterruptedException {
        try {
            System.exit(run(words));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static int run(String[] words) throws InterruptedException {
        var arguments = new Arguments(words, Set.of(), Set.of("--root", "--do", "--id"));
        var installation = Installation.of(Path.of(arguments.required("--root")));
        var control = new RunFile(installation.controlFile()).read();
        if (control.isEmpty()) {
            System.out.println("Parley does not run here. Start it with local/up");
            return 3;
        }
        int port = control.get().path("internal_port").asInt();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var letters = new DeadLetters(client, URI.create("http://127.0.0.1:" + port + "/dead-letters"));
            return switch (arguments.required("--do")) {
                case "list" -> letters.list();
                case "show" -> letters.show(arguments.required("--id"));
                case "replay" -> letters.replay(arguments.required("--id"));
                case "drop" -> letters.drop(arguments.required("--id"));
                default -> throw new IllegalArgumentException("Unknown command " + arguments.required("--do"));
            };
        }
    }

    private int list() throws InterruptedException {
        JsonNode all = JSON.readTree(call("GET", "").body());
        if (all.isEmpty()) {
            System.out.println("There are none.");
            return 0;
        }
        for (JsonNode letter : all) {
            System.out.printf(
                    "%s  %s, %d tries: %s%n",
                    letter.path("id").asString(""),
                    letter.path("condition").asString(""),
                    letter.path("tries").asInt(),
                    letter.path("why").asString(""));
            letter.path("records").forEach(keys -> System.out.println("    " + keys));
        }
        return 0;
    }

    private int show(String id) throws InterruptedException {
        HttpResponse<String> answer = call("GET", known(id));
        if (answer.statusCode() != 200) {
            return missing(id);
        }
        System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(answer.body())));
        return 0;
    }

    private int replay(String which) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        if (which.equals("all")) {
            JSON.readTree(call("GET", "").body())
                    .forEach(letter -> ids.add(letter.path("id").asString("")));
        } else {
            ids.add(which);
        }
        int code = 0;
        for (String id : ids) {
            HttpResponse<String> answer = call("POST", known(id) + "/replay");
            if (answer.statusCode() == 200) {
                System.out.println(id + "  taken");
            } else if (answer.statusCode() == 409) {
                JsonNode left = JSON.readTree(answer.body());
                System.out.println(id + "  still not taken: "
                        + left.path("failed").asInt() + " of its records, "
                        + left.path("why").asString(""));
                code = 1;
            } else {
                code = missing(id);
            }
        }
        return code;
    }

    private int drop(String id) throws InterruptedException {
        if (call("DELETE", known(id)).statusCode() != 204) {
            return missing(id);
        }
        System.out.println(id + "  deleted");
        return 0;
    }

    private static int missing(String id) {
        System.out.println("There is no dead letter " + id);
        return 1;
    }

    /** An id as it may stand in a path. */
    private static String known(String id) {
        if (!id.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("'" + id + "' is no id of a dead letter");
        }
        return "/" + id;
    }

    private HttpResponse<String> call(String method, String path) throws InterruptedException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(letters + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The control process does not answer", e);
        }
    }
}
