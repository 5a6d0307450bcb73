package dev.parley.local.supervisor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Starts a local installation, watches it, and stops it: the program behind {@code local/up}. */
public final class Up {
    private static final Set<String> NAMES =
            Set.of("--root", "--port", "--nodes", "--demo", "--chaos", "--rate-limits", "--began-at");
    /** The last line of a start: scripts wait for it. */
    private static final String READY = "Everything runs.";

    private static final Duration CONTROL_LIMIT = Duration.ofMinutes(2);
    private static final Duration NODE_LIMIT = Duration.ofSeconds(60);
    private static final Duration DEMO_LIMIT = Duration.ofMinutes(2);
    private static final int MAX_PORT = 65_535;
    private static final int MAX_NODES = 16;
    private static final int UNSET = 0;
    private static final int MAX_DEMO = 50;

    private final Installation installation;
    private final PortPlan ports;
    private final LocalSettings settings;
    private final List<Child> children = new ArrayList<>();
    private final Probe probe = new Probe();
    private final Instant startedAt = Instant.now();
    private Optional<String> demoUrl = Optional.empty();

    private Up(Installation installation, PortPlan ports, LocalSettings settings) {
        this.installation = installation;
        this.ports = ports;
        this.settings = settings;
    }

    /** Runs until SIGTERM or Ctrl-C. Exit code 1 when something does not start, 2 for wrong arguments. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(new Arguments(arguments, Set.of(), NAMES));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (SupervisorException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void run(Arguments arguments) throws InterruptedException {
        var installation = Installation.of(Path.of(arguments.required("--root")));
        LocalSettings settings = LocalSettings.read(installation.root(), System.getenv());
        int nodes = arguments.integer("--nodes", settings.number(LocalSetting.PARLEY_NODES), 1, MAX_NODES);
        int demo = arguments.integer("--demo", 0, 0, MAX_DEMO);
        Optional<String> running = Leftovers.runningUrl(installation);
        if (running.isPresent()) {
            say("Parley is running already: " + running.get() + "  (local/status, local/down)");
            return;
        }
        Leftovers.stop(installation, Up::say);
        int wanted = settings.has(LocalSetting.SERVER_PORT) ? settings.number(LocalSetting.SERVER_PORT) : UNSET;
        int port = arguments.integer("--port", wanted, 1, MAX_PORT);
        settings.report().forEach(Up::say);
        var choice = new Ports();
        int cores = Runtime.getRuntime().availableProcessors();
        PortPlan ports = PortPlan.choose(
                choice,
                port == UNSET ? OptionalInt.empty() : OptionalInt.of(port),
                settings.number(LocalSetting.ICE_PORT_MIN),
                settings.has(LocalSetting.ICE_PORT_MAX)
                        ? OptionalInt.of(settings.number(LocalSetting.ICE_PORT_MAX))
                        : OptionalInt.empty(),
                nodes,
                cores);
        var up = new Up(installation, ports, settings);
        choice.remarks().forEach(Up::say);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            up.stop();
            stopped.countDown();
        }));
        var more = new ArrayList<String>();
        for (String name : List.of("--chaos", "--rate-limits")) {
            arguments.text(name).ifPresent(value -> more.addAll(List.of(name, value)));
        }
        up.start(more);
        long began = Long.parseLong(arguments
                .text("--began-at")
                .orElse(Long.toString(ProcessHandle.current()
                        .info()
                        .startInstant()
                        .orElse(Instant.now())
                        .toEpochMilli())));
        up.announce(cores, Duration.ofMillis(System.currentTimeMillis() - began));
        if (demo > 0) {
            up.startDemo(demo);
        }
        say(READY);
        stopped.await();
    }

    private void start(List<String> controlArguments) throws InterruptedException {
        var processes = new Processes(installation, ports, settings);
        boolean firstStart = !Files.exists(installation.data().resolve("keys"));
        Child control = child(processes.control(controlArguments));
        say("starting the stores and the functions" + (firstStart ? " (first start: the stores are made)" : ""));
        control.start();
        if (firstStart) {
            control.awaitReady(probe, CONTROL_LIMIT); // the nodes need the keys it makes
        }
        List<Child> nodes =
                ports.nodes().stream().map(node -> child(processes.node(node))).toList();
        nodes.forEach(Child::start);
        control.awaitReady(probe, CONTROL_LIMIT);
        for (Child node : nodes) {
            node.awaitReady(probe, NODE_LIMIT);
        }
        describe();
    }

    private void startDemo(int people) throws InterruptedException {
        say("  demo      " + people + " people are on their way; the first time, their pictures and voices are made");
        Child demo = child(new Processes(installation, ports, settings).demo(people));
        demo.start();
        demo.awaitReady(probe, DEMO_LIMIT);
        demoUrl = demo.said(Processes.DEMO_LINK);
        describe();
        say("");
        demoUrl.ifPresent(url -> say("Demo meeting:    " + url));
    }

    private void announce(int cores, Duration took) {
        say("");
        say("Parley is ready: http://localhost:" + ports.web());
        say("");
        String names = String.join(
                ", ",
                ports.nodes().stream()
                        .map(node -> node.name() + " (UDP " + node.media()
                                + (ports.agents() > 1 ? "-" + (node.media() + ports.agents() - 1) : "") + ")")
                        .toList());
        say("  media     " + names + ", " + ports.agents() + (ports.agents() == 1 ? " agent" : " agents")
                + " each: one a core of " + cores);
        say("  stores    PostgreSQL "
                + (settings.isElsewhere() ? "at " + settings.databaseAddress() : "on " + ports.database())
                + ", DynamoDB on " + ports.tables() + ", S3 "
                + (settings.areFilesElsewhere() ? "at " + settings.filesEndpoint() : "on " + ports.files())
                + ", data in " + installation.data());
        say("  outbox    http://localhost:" + ports.web() + "/local/outbox: mail, shown there in place of being sent");
        say("  logs      " + installation.data().resolve("logs"));
        say("  started   in " + took.toMillis() / 100 / 10.0 + " s; stop with Ctrl-C or local/down");
        if (!Files.exists(installation.root().resolve("clients/web/app/dist/index.html"))) {
            say("  web app   is not built: only the APIs answer");
        }
    }

    private synchronized void describe() {
        var processes = new ArrayList<Map<String, Object>>();
        for (Child child : children) {
            var process = new LinkedHashMap<String, Object>();
            process.put("name", child.spec().name());
            process.put("pid", child.pid());
            ProcessHandle.of(child.pid())
                    .ifPresent(handle -> process.put("started_at_millis", Leftovers.startedAtMillis(handle)));
            child.spec().health().ifPresent(uri -> process.put("health", uri.toString()));
            process.put("log", child.spec().log().toString());
            process.put("restarts", child.restarts());
            processes.add(process);
        }
        var content = new LinkedHashMap<String, Object>();
        content.put("pid", ProcessHandle.current().pid());
        content.put("started_at_millis", Leftovers.startedAtMillis(ProcessHandle.current()));
        content.put("url", "http://localhost:" + ports.web());
        demoUrl.ifPresent(url -> content.put("demo_url", url));
        content.put("started_at", startedAt.toString());
        content.put("ports", ports);
        content.put("processes", processes);
        installation.upFile().write(content);
    }

    private Child child(ChildSpec spec) {
        var child = new Child(spec, Up::say, this::describe);
        synchronized (this) {
            children.add(child);
        }
        return child;
    }

    private void stop() {
        List<Child> all;
        synchronized (this) {
            all = new ArrayList<>(children).reversed();
        }
        say("stopping");
        // who talks to another stops before that other: people, then nodes, then the control process
        stopAll(all, child -> child.spec().name().equals(Processes.DEMO));
        stopAll(all, child -> child.spec().name().startsWith("node-"));
        stopAll(all, child -> true);
        installation.upFile().delete();
        say("stopped");
    }

    private static void stopAll(List<Child> children, Predicate<Child> which) {
        List<Thread> stopping = children.stream()
                .filter(which)
                .map(child -> Thread.ofVirtual().start(child::stop))
                .toList();
        try {
            for (Thread thread : stopping) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
