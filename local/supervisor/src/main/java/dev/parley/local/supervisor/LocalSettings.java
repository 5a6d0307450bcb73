package dev.parley.local.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody set for a local installation: {@code parley.env} in the checkout's root, lines of {@code NAME=value}, and environment variables, which win.
 * Names that the file may have are those of {@link LocalSetting}, those of a media node, and those of components that are {@link Replaced}.
 */
final class LocalSettings {
    /** The file's name, beside {@code parley.sample.env}, which describes it. */
    static final String FILE = "parley.env";

    private static final Pattern LINE = Pattern.compile("\\s*([A-Z][A-Z0-9_]*)\\s*=(.*)");
    private static final Pattern NODE_LINE = Pattern.compile("(NODE_[A-Z0-9_]+)=.*");
    /** What the supervisor chooses for each node. */
    private static final Set<String> CHOSEN = Set.of(
            "NODE_ID",
            "NODE_REGION",
            "NODE_CONTROL_HOST",
            "NODE_CONTROL_PORT",
            "NODE_CONTROL_URL",
            "NODE_METRICS_HOST",
            "NODE_METRICS_PORT",
            "NODE_MEDIA_PORT",
            "NODE_AGENTS",
            "NODE_LEASE");

    private final Map<LocalSetting, String> values = new EnumMap<>(LocalSetting.class);
    private final Map<String, String> ofNodes = new TreeMap<>();
    private final Map<Replaced, Set<String>> unused = new EnumMap<>(Replaced.class);

    private LocalSettings() {}

    /**
     * Reads the file, if there is one, and the environment.
     *
     * @param root of the checkout
     * @throws IllegalArgumentException for a line that is none, an unknown name in the file, or a value that does not fit
     */
    static LocalSettings read(Path root, Map<String, String> environment) {
        var settings = new LocalSettings();
        Set<String> nodeNames = nodeNames(root.resolve("media-fleet/node/node-sample.properties"));
        Path file = root.resolve(FILE);
        List<String> lines = Files.exists(file) ? lines(file) : List.of();
        for (int i = 0; i < lines.size(); i++) {
            try {
                settings.line(lines.get(i), nodeNames);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(FILE + " line " + (i + 1) + ": " + e.getMessage());
            }
        }
        environment.forEach((name, value) -> settings.take(name, value, nodeNames));
        settings.checkTogether();
        return settings;
    }

    /** Those that another process of the installation was given by {@link #environment}. */
    static LocalSettings handedOn(Map<String, String> environment) {
        var settings = new LocalSettings();
        environment.forEach((name, value) -> settings.take(name, value, Set.of()));
        return settings;
    }

    private void line(String line, Set<String> nodeNames) {
        if (line.isBlank() || line.stripLeading().startsWith("#")) {
            return;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write NAME=value, or # before what is not for Parley");
        }
        String name = matcher.group(1);
        if (CHOSEN.contains(name)) {
            throw new IllegalArgumentException(name + " is chosen by local/up for each node");
        }
        if (!take(name, matcher.group(2).strip(), nodeNames)) {
            throw new IllegalArgumentException("there is no setting " + name + "; parley.sample.env has them all");
        }
    }

    /** Whether it is a name that is known. */
    private boolean take(String name, String value, Set<String> nodeNames) {
        Optional<LocalSetting> setting = List.of(LocalSetting.values()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (setting.isPresent()) {
            if (value.isBlank()) {
                values.remove(setting.get());
            } else {
                values.put(setting.get(), setting.get().checked(value));
            }
            return true;
        }
        Optional<Replaced> replaced = Replaced.by(name);
        if (replaced.isPresent()) {
            unused.computeIfAbsent(replaced.get(), one -> new TreeSet<>()).add(name);
            return true;
        }
        if (nodeNames.contains(name) && !CHOSEN.contains(name)) {
            ofNodes.put(name, value);
            return true;
        }
        return false;
    }

    private void checkTogether() {
        if (has(LocalSetting.DATABASE_URL) && has(LocalSetting.DATABASE_HOST)) {
            throw new IllegalArgumentException("DATABASE_URL and DATABASE_HOST name one thing twice: leave one out");
        }
        if (!isElsewhere()
                && (has(LocalSetting.DATABASE_USER)
                        || has(LocalSetting.DATABASE_PASSWORD)
                        || has(LocalSetting.DATABASE_PORT)
                        || has(LocalSetting.DATABASE_NAME))) {
            throw new IllegalArgumentException(
                    "DATABASE_HOST or DATABASE_URL is missing: without one of them PostgreSQL is Parley's own");
        }
        if (areFilesElsewhere()) {
            if (!has(LocalSetting.MINIO_ACCESS_KEY) || !has(LocalSetting.MINIO_SECRET_KEY)) {
                throw new IllegalArgumentException(
                        "MINIO_ACCESS_KEY and MINIO_SECRET_KEY are missing: MINIO_ENDPOINT needs both");
            }
        } else if (values.keySet().stream().anyMatch(one -> one.name().startsWith("MINIO_"))) {
            throw new IllegalArgumentException("MINIO_ENDPOINT is missing: without it the S3 server is Parley's own");
        }
        if (has(LocalSetting.ICE_PORT_MAX) && number(LocalSetting.ICE_PORT_MAX) < number(LocalSetting.ICE_PORT_MIN)) {
            throw new IllegalArgumentException("ICE_PORT_MAX must not be below ICE_PORT_MIN");
        }
    }

    private static Set<String> nodeNames(Path sample) {
        Set<String> names = new TreeSet<>();
        for (String line : lines(sample)) {
            Matcher matcher = NODE_LINE.matcher(line);
            if (matcher.matches()) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Whether somebody set it. */
    boolean has(LocalSetting setting) {
        return values.containsKey(setting);
    }

    String text(LocalSetting setting) {
        return values.getOrDefault(setting, setting.fallback());
    }

    int number(LocalSetting setting) {
        return Integer.parseInt(text(setting));
    }

    /** Whether PostgreSQL is somebody else's, and not started by Parley. */
    boolean isElsewhere() {
        return has(LocalSetting.DATABASE_URL) || has(LocalSetting.DATABASE_HOST);
    }

    /** Where PostgreSQL is, {@code postgresql://host:port/database}. */
    String databaseAddress() {
        return has(LocalSetting.DATABASE_URL)
                ? text(LocalSetting.DATABASE_URL).replaceFirst("^(jdbc:)?(aws-wrapper:)?", "")
                : "postgresql://" + text(LocalSetting.DATABASE_HOST) + ":" + text(LocalSetting.DATABASE_PORT) + "/"
                        + text(LocalSetting.DATABASE_NAME);
    }

    /** Whether the S3 server for large files is somebody else's, and not started by Parley. */
    boolean areFilesElsewhere() {
        return has(LocalSetting.MINIO_ENDPOINT);
    }

    /** Where that S3 server is, {@code http://host:port}. */
    URI filesEndpoint() {
        return endpoint(text(LocalSetting.MINIO_ENDPOINT));
    }

    /** Where browsers find it. */
    URI filesPublicEndpoint() {
        return has(LocalSetting.MINIO_PUBLIC_ENDPOINT)
                ? endpoint(text(LocalSetting.MINIO_PUBLIC_ENDPOINT))
                : filesEndpoint();
    }

    private URI endpoint(String given) {
        String scheme = Boolean.parseBoolean(text(LocalSetting.MINIO_USE_SSL)) ? "https://" : "http://";
        return URI.create((given.contains("://") ? given : scheme + given).replaceFirst("/$", ""));
    }

    /** The ICE servers for clients, as JSON: what was given, else one entry of all STUN servers. */
    String iceServers() {
        if (has(LocalSetting.ICE_SERVERS) || !has(LocalSetting.STUN_SERVERS)) {
            return text(LocalSetting.ICE_SERVERS);
        }
        List<String> urls = List.of(text(LocalSetting.STUN_SERVERS).split(",\\s*"));
        return "[{\"urls\":[\"" + String.join("\",\"", urls) + "\"]}]";
    }

    /** What a media node is given beside what the supervisor chooses. */
    Map<String, String> ofNodes() {
        var given = new LinkedHashMap<>(ofNodes);
        if (has(LocalSetting.NAT_1TO1_IPS)) {
            given.putIfAbsent("NODE_MEDIA_HOST", text(LocalSetting.NAT_1TO1_IPS));
        }
        return given;
    }

    /** What was set, for another process of the installation. */
    Map<String, String> environment() {
        var given = new LinkedHashMap<String, String>();
        values.forEach((setting, value) -> given.put(setting.name(), value));
        return given;
    }

    /** For people: what was set, without values, and what is set in vain. */
    List<String> report() {
        List<String> lines = new ArrayList<>();
        List<String> names =
                new ArrayList<>(values.keySet().stream().map(Enum::name).toList());
        names.addAll(ofNodes.keySet());
        if (!names.isEmpty()) {
            lines.add("set by you: " + String.join(", ", names));
        }
        unused.forEach((replaced, those) -> lines.add(replaced.report(List.copyOf(those))));
        return lines;
    }
}
