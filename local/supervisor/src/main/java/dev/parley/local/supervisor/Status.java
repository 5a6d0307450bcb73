package dev.parley.local.supervisor;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Tells what runs: the program behind {@code local/status}. Exit code 0 when all is well, 1 when something is not, 3 when nothing runs. */
public final class Status {
    private Status() {}

    public static void main(String[] arguments) {
        System.exit(report(
                Installation.of(Path.of(new Arguments(arguments, Set.of(), Set.of("--root")).required("--root")))));
    }

    private static int report(Installation installation) {
        Optional<JsonNode> up = installation.upFile().read();
        if (up.isEmpty() || Leftovers.runningUrl(installation).isEmpty()) {
            System.out.println("Parley does not run here. Start it with local/up");
            return 3;
        }
        JsonNode state = up.get();
        System.out.println("Parley runs at " + state.path("url").asString("") + " since "
                + state.path("started_at").asString(""));
        if (state.has("demo_url")) {
            System.out.println("Demo meeting: " + state.path("demo_url").asString(""));
        }
        boolean well = true;
        try (var probe = new Probe()) {
            System.out.printf("%n%-12s %8s %-9s %8s  %s%n", "process", "pid", "health", "restarts", "log");
            for (JsonNode process : state.path("processes")) {
                String health = health(process, probe);
                well &= !health.equals("down");
                System.out.printf(
                        "%-12s %8d %-9s %8d  %s%n",
                        process.path("name").asString(""),
                        process.path("pid").asLong(),
                        health,
                        process.path("restarts").asInt(),
                        process.path("log").asString(""));
            }
        }
        System.out.println();
        JsonNode ports = state.path("ports");
        for (String name : new String[] {"web", "internal", "tables", "database", "files"}) {
            System.out.printf("%-12s TCP %d%n", name, ports.path(name).asInt());
        }
        for (JsonNode node : ports.path("nodes")) {
            System.out.printf(
                    "%-12s TCP %d (control), TCP %d (metrics), UDP %d..%d (media)%n",
                    node.path("name").asString(""),
                    node.path("control").asInt(),
                    node.path("metrics").asInt(),
                    node.path("media").asInt(),
                    node.path("media").asInt() + ports.path("agents").asInt() - 1);
        }
        return well ? 0 : 1;
    }

    private static String health(JsonNode process, Probe probe) {
        boolean alive = ProcessHandle.of(process.path("pid").asLong(-1))
                .map(ProcessHandle::isAlive)
                .orElse(false);
        if (!alive) {
            return "down";
        }
        if (!process.has("health")) {
            return "running";
        }
        return probe.healthy(URI.create(process.path("health").asString(""))) ? "ok" : "down";
    }
}
