package dev.parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the bench was asked to do.
 *
 * @param profile who sends what to whom
 * @param receivers participants that receive
 * @param seconds measured time
 * @param warmUpSeconds time before it, with media flowing
 * @param packetsPerFrame packets of each of the 30 frames a second
 * @param gap time between the packets of a frame; zero is one burst
 * @param agents media agents of the node, 0 for one a core
 * @param nodeHome folder of the node module
 * @param nodeJava options of the node's Java
 * @param json whether results are JSON lines
 */
record BenchArguments(
        String profile,
        int receivers,
        int seconds,
        int warmUpSeconds,
        int packetsPerFrame,
        Duration gap,
        int agents,
        Path nodeHome,
        String nodeJava,
        boolean json) {
    static final String USAGE = """
            local/bench sfu [--profile PROFILE] [--receivers N] [--seconds S] [--warm-up S] [--packets-per-frame N]
                            [--arrival burst|spread:1ms] [--agents N] [--node-java OPTIONS] [--json]

              broadcast   one camera of 30 frames a second to N receivers with one slot each
              meeting     rooms of nine (N / 9 of them): each sends 720p in three layers and voice, receives 1 x 720p,
                          8 x 180p and 3 voices, and changes who is large twice a second
              audio       ten microphones to N receivers with three slots each

              --receivers N           how many receive (100)
              --seconds S             measured time (10)
              --warm-up S             time with media flowing before it (5)
              --packets-per-frame N   1200-byte packets a frame of the broadcast (9: 270 packets a second, 2.6 Mb/s)
              --arrival HOW           burst: a frame's packets come at once; spread:1ms: with this time between them (burst)
              --agents N              media agents of the node; 0: one a core, as in production (0)
              --node-java OPTIONS     options of the node's Java (-Xmx512m)
              --json                  one JSON object a line
            """;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static BenchArguments parse(List<String> given) {
        String profile = "broadcast";
        int receivers = 100;
        int seconds = 10;
        int warmUp = 5;
        int packets = 9;
        Duration gap = Duration.ZERO;
        int agents = 0;
        Path home = Path.of("media-fleet/node");
        String java = "-Xmx512m";
        boolean json = false;
        Deque<String> left = new ArrayDeque<>(given);
        while (!left.isEmpty()) {
            String name = left.remove();
            switch (name) {
                case "--json" -> json = true;
                case "--profile" -> profile = profile(value(name, left));
                case "--receivers" -> receivers = number(name, left, 1, 20_000);
                case "--seconds" -> seconds = number(name, left, 1, 3600);
                case "--warm-up" -> warmUp = number(name, left, 0, 600);
                case "--packets-per-frame" -> packets = number(name, left, 1, 200);
                case "--agents" -> agents = number(name, left, 0, 64);
                case "--arrival" -> gap = arrival(value(name, left));
                case "--node-home" -> home = Path.of(value(name, left));
                case "--node-java" -> java = value(name, left);
                default -> throw new IllegalArgumentException("unknown argument " + name);
            }
        }
        if (gap.multipliedBy(packets).compareTo(Duration.ofSeconds(1).dividedBy(30)) > 0) {
            throw new IllegalArgumentException(
                    packets + " packets a frame, spread by " + gap.toMillis() + " ms, take longer than a frame");
        }
        return new BenchArguments(profile, receivers, seconds, warmUp, packets, gap, agents, home, java, json);
    }

    private static String profile(String text) {
        if (!List.of("broadcast", "meeting", "audio").contains(text)) {
            throw new IllegalArgumentException("--profile must be broadcast, meeting or audio, not " + text);
        }
        return text;
    }

    private static Duration arrival(String text) {
        if (text.equals("burst")) {
            return Duration.ZERO;
        }
        if (text.matches("spread:\\d{1,2}ms")) {
            return Duration.ofMillis(Long.parseLong(text.replaceAll("\\D", "")));
        }
        throw new IllegalArgumentException("--arrival must be burst or spread:1ms, not " + text);
    }

    private static int number(String name, Deque<String> left, int min, int max) {
        String text = value(name, left);
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + text);
        }
        return Integer.parseInt(text);
    }

    private static String value(String name, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return left.remove();
    }

    boolean burst() {
        return gap.isZero();
    }
}
