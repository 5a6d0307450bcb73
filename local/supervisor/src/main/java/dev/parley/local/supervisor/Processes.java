package dev.parley.local.supervisor;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The command lines and settings of the children. */
final class Processes {
    /** Name of the demo process. */
    static final String DEMO = "demo";

    /** Before the link of the demo meeting, in the demo process's output. */
    static final String DEMO_LINK = "DEMO_LINK ";

    private static final String TABLE_PREFIX = "parley-";

    private final Installation installation;
    private final PortPlan ports;
    private final LocalSettings settings;

    Processes(Installation installation, PortPlan ports, LocalSettings settings) {
        this.installation = installation;
        this.ports = ports;
        this.settings = settings;
    }

    /** Stores, gateway and functions. */
    ChildSpec control(List<String> more) {
        Path supervisor = installation.root().resolve("local/supervisor/target");
        var command = new ArrayList<>(List.of(
                Installation.java(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // ready sooner; what is hot here is the stores' own code
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                supervisor.resolve("supervisor.jar") + ":" + supervisor.resolve("lib") + "/*",
                Control.class.getName(),
                "--data",
                installation.data().toString(),
                "--template",
                installation.root().resolve("template.yaml").toString(),
                "--web",
                installation.root().resolve("clients/web/app/dist").toString(),
                "--port",
                Integer.toString(ports.web()),
                "--internal-port",
                Integer.toString(ports.internal()),
                "--tables-port",
                Integer.toString(ports.tables()),
                "--database-port",
                Integer.toString(ports.database()),
                "--files-port",
                Integer.toString(ports.files()),
                "--run-file",
                installation.controlFile().toString()));
        command.addAll(more);
        return new ChildSpec(
                "control",
                command,
                settings.environment(),
                installation.root(),
                installation.log("control"),
                answers(ports.internal()));
    }

    /** A media node. */
    ChildSpec node(PortPlan.Node node) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("STAGE", Control.STAGE);
        environment.put("KEYS_URI", installation.data().resolve("keys").toUri().toString());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("DYNAMODB_ENDPOINT", "http://127.0.0.1:" + ports.tables());
        environment.put("TABLE_PREFIX", TABLE_PREFIX);
        environment.put("NODE_ID", node.name());
        environment.put("NODE_REGION", "local");
        environment.put("NODE_CONTROL_HOST", "127.0.0.1");
        environment.put("NODE_CONTROL_PORT", Integer.toString(node.control()));
        environment.put("NODE_METRICS_HOST", "127.0.0.1");
        environment.put("NODE_METRICS_PORT", Integer.toString(node.metrics()));
        // Firefox sends no media to 127.0.0.1: the node takes this machine's own address where it has one.
        environment.put("NODE_MEDIA_BIND", "auto");
        environment.put("NODE_MEDIA_HOST", "auto");
        environment.put("NODE_MEDIA_PORT", Integer.toString(node.media()));
        environment.put("NODE_AGENTS", Integer.toString(ports.agents()));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(settings.ofNodes());
        return new ChildSpec(
                node.name(),
                List.of(installation.root().resolve("media-fleet/node/run").toString()),
                environment,
                installation.root(),
                installation.log(node.name()),
                answers(node.metrics()));
    }

    /** Participants without a browser, in a meeting of their own that anybody may open. */
    ChildSpec demo(int people) {
        var peer = installation.root().resolve("media-fleet/peer/target");
        return new ChildSpec(
                DEMO,
                List.of(
                        Installation.java(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.bytedeco.javacpp.cachedir=" + installation.data().resolve("cache/javacpp"),
                        "-cp",
                        peer.resolve("peer.jar") + ":" + peer.resolve("lib") + "/*",
                        "dev.parley.peer.DemoMain",
                        "--url",
                        "http://localhost:" + ports.web(),
                        "--people",
                        Integer.toString(people),
                        "--meeting-title",
                        "Parley demo",
                        "--cache",
                        installation.data().resolve("cache/demo").toString()),
                Map.of(),
                installation.root(),
                installation.log(DEMO),
                new ChildSpec.Ready.Says(DEMO_LINK));
    }

    private static ChildSpec.Ready answers(int port) {
        return new ChildSpec.Ready.Answers(URI.create("http://127.0.0.1:" + port + "/health"));
    }
}
