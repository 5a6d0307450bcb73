package dev.parley.agent;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The command line. */
record AgentArguments(String command, Map<String, String> values, Set<String> flags) {
    static final String USAGE = """
            usage: parley-agent run --folder DIR [--once] [--parallel 4] [--silence 30] [--credential FILE]
                   parley-agent register --server URL --user NAME [--name "this machine"] [--kind laptop] [--credential FILE]
                   parley-agent adopt --server URL --device dv_ID [--credential FILE]

            run        pulls the files that are pushed to this device into a folder, until Ctrl-C or SIGTERM
              --folder      where they go; made if there is none
              --once        ends when all is there
              --parallel    connections to the store at once, 1 to 16
              --silence     seconds without a byte after which a connection is replaced, 1 to 600
            register   makes a device of an account, which signs in by itself; the password is asked for, or read from PARLEY_PASSWORD
              --server      where Parley is served, https://meet.example.org
              --user        the account's name
              --name        what people see; this machine's name by default
              --kind        desktop, laptop, phone, tablet, server, kiosk, meter, camera, box, other
            adopt      takes over a device that was registered elsewhere; its credential is read from standard input
              --device      its id
            --credential    the file with what the device signs in with; ~/.config/parley/agent.json by default

            exit codes: 0 all is there or stopped, 1 something failed, 2 wrong arguments, 3 not registered or not welcome,
                        4 the server does not answer (--once), 5 the folder cannot be used
            """;

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "run", Set.of("--folder", "--parallel", "--silence", "--credential"),
            "register", Set.of("--server", "--user", "--name", "--kind", "--credential"),
            "adopt", Set.of("--server", "--device", "--credential"));

    /** @throws IllegalArgumentException with what is wrong */
    static AgentArguments parse(String... arguments) {
        boolean named = arguments.length > 0 && !arguments[0].startsWith("-");
        String command = named ? arguments[0] : "run";
        Set<String> known = OPTIONS.get(command);
        if (known == null) {
            throw new IllegalArgumentException("unknown command " + command);
        }
        Map<String, String> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        for (int i = named ? 1 : 0; i < arguments.length; i++) {
            String name = arguments[i];
            if (name.equals("--once") && command.equals("run")) {
                flags.add(name);
            } else if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown option " + name + " of " + command);
            } else if (++i == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            } else {
                values.put(name, arguments[i]);
            }
        }
        return new AgentArguments(command, values, flags);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    private int number(String name, int fallback, int min, int max) {
        String value = text(name).orElse(Integer.toString(fallback));
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new IllegalArgumentException(name + " must be a number from " + min + " to " + max);
        }
        return Integer.parseInt(value);
    }

    URI server() {
        String value = required("--server").replaceFirst("/+$", "");
        if (!value.matches("https?://[^/\\s]+")) {
            throw new IllegalArgumentException("--server must be an address such as https://meet.example.org");
        }
        return URI.create(value);
    }

    AgentOptions options() {
        return AgentOptions.DEFAULT
                .parallel(number("--parallel", AgentOptions.DEFAULT.parallel(), 1, 16))
                .silence(Duration.ofSeconds(
                        number("--silence", (int) AgentOptions.DEFAULT.silence().toSeconds(), 1, 600)));
    }

    Path credential(Map<String, String> environment) {
        return text("--credential").map(Path::of).orElseGet(() -> {
            String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
            Path folder = config.isBlank() ? Path.of(System.getProperty("user.home"), ".config") : Path.of(config);
            return folder.resolve("parley").resolve("agent.json");
        });
    }
}
