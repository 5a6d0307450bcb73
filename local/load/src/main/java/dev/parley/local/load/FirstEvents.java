package dev.parley.local.load;

import dev.parley.contracts.Wire;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.Audience;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The golden events of each function, asked by somebody whose token is good. */
public final class FirstEvents {
    /** What a golden event has where a caller's token stands. */
    private static final String PLACEHOLDER = "Bearer token";

    private static final String SUFFIX = ".json";
    private static final String RECORDS = "Records";
    private static final Map<String, String> FIRST = first();

    private final Path events;
    private final JwtIssuer<AccessClaims> tokens;

    /**
     * @param root the repository's folder
     * @param settings which say where the keys are
     */
    public FirstEvents(Path root, Settings settings) {
        this.events = root.resolve("events");
        this.tokens = JwtIssuer.access(
                KeyFolder.of(settings).source(KeyFolder.Name.ACCESS, InstantSource.system()), InstantSource.system());
    }

    private static Map<String, String> first() {
        Map<String, String> first = new LinkedHashMap<>();
        first.put("identity", "login");
        first.put("meetings", "list-meetings");
        first.put("fleet", "admin-list-nodes");
        first.put("signaling", "create-ticket");
        first.put("notifications", "stream-outbox");
        first.put("messaging", "list-conversations");
        first.put("files", "list-files");
        first.put("webhooks", "list-webhooks");
        return first;
    }

    /** Every function's name. */
    public static List<String> functions() {
        return List.copyOf(FIRST.keySet());
    }

    /** Something that the function answers out of its stores; of a golden batch its first letter alone. */
    public byte[] first(String function) throws IOException {
        byte[] event = event(function, FIRST.get(function));
        return function.equals("notifications") ? letterOf(event) : event;
    }

    private static byte[] letterOf(byte[] batch) throws IOException {
        ObjectNode event = (ObjectNode) Wire.json().readTree(batch);
        JsonNode letter = event.path(RECORDS)
                .valueStream()
                .filter(one -> one.at("/dynamodb/NewImage/type/S").asString("").startsWith("mail."))
                .findFirst()
                .orElseThrow();
        event.putArray(RECORDS).add(letter);
        return Wire.json().writeValueAsBytes(event);
    }

    /** All golden events of a function, in order of their names. */
    public List<byte[]> all(String function) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(events.resolve(function))) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
        List<byte[]> all = new ArrayList<>();
        for (String name : names) {
            all.add(event(function, name));
        }
        return all;
    }

    private byte[] event(String function, String name) throws IOException {
        String text = Files.readString(events.resolve(function).resolve(name + SUFFIX));
        Role role = name.startsWith("admin-") ? Role.ADMIN : Role.USER;
        String token = tokens.issue(Audience.API, AccessClaims.user("u_ada", "s_ada", 1, role, "Ada"))
                .token();
        return text.replace(PLACEHOLDER, "Bearer " + token).getBytes(StandardCharsets.UTF_8);
    }
}
