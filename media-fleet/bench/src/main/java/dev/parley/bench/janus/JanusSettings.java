package dev.parley.bench.janus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a measured Janus is set up: its best for many participants on one machine, and nothing that is not needed.
 *
 * @param address where it takes media; Janus gathers no candidates on the loopback interface, so another address of this machine
 * @param port of its WebSocket interface, on the loopback address
 * @param eventLoops threads that serve all participants; 0 gives each a thread of its own, as Janus does by default
 */
record JanusSettings(String address, int port, int eventLoops) {
    private static final List<String> OTHER_PLUGINS = List.of(
            "audiobridge",
            "duktape",
            "echotest",
            "lua",
            "nosip",
            "recordplay",
            "sip",
            "streaming",
            "textroom",
            "videocall",
            "voicemail");
    private static final List<String> OTHER_TRANSPORTS = List.of("http", "mqtt", "nanomsg", "pfunix", "rabbitmq");

    /** Writes the configuration files that {@code janus --configs-folder} reads. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("janus.jcfg"), core(folder));
        Files.writeString(folder.resolve("janus.transport.websockets.jcfg"), """
                general: {
                  json = "plain"
                  ws = true
                  ws_ip = "127.0.0.1"
                  ws_port = %d
                  wss = false
                }
                """.formatted(port));
        Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: {\n}\n");
    }

    private String core(Path folder) {
        return """
                general: {
                  configs_folder = "%s"
                  log_to_stdout = true
                  debug_level = 2
                  debug_colors = false
                  %s
                }
                media: {
                  ipv6 = false
                }
                nat: {
                  ice_lite = true
                  ignore_mdns = true
                  ice_enforce_list = "%s"
                }
                plugins: {
                  disable = "%s"
                }
                transports: {
                  disable = "%s"
                }
                loggers: {
                  disable = "libjanus_jsonlog.so"
                }
                events: {
                  broadcast = false
                }
                """.formatted(
                        folder,
                        eventLoops > 0 ? "event_loops = " + eventLoops : "",
                        address,
                        libraries(OTHER_PLUGINS),
                        libraries(OTHER_TRANSPORTS));
    }

    private static String libraries(List<String> names) {
        return String.join(
                ",", names.stream().map(name -> "libjanus_" + name + ".so").toList());
    }
}
