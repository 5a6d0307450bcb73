package dev.parley.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What the bench was asked to do.
 *
 * @param profile who sends what to whom
 * @param receivers participants that receive, over all rooms
 * @param rooms rooms they are in
 * @param publishers of each room, in meeting and audio
 * @param seconds measured time
 * @param warmUpSeconds time before it, with media flowing; negative: until the cost per packet has stopped falling
 * @param packetsPerFrame packets of each of the 30 frames a second
 * @param gap time between the packets of a frame; zero is one burst
 * @param joinsPerSecond of churn
 * @param scale sizes of rooms between which the cost of a packet is compared; empty: none are
 * @param halfLoad whether the number of rooms is set to half of what one core carries
 * @param peer server of another kind to run the same against; empty for none
 * @param agents media agents of the node, 0 for one a core
 * @param nodeHome folder of the node module
 * @param nodeJava options of the node's Java
 * @param json whether results are JSON lines
 */
record BenchArguments(
        String profile,
        int receivers,
        int rooms,
        int publishers,
        int seconds,
        int warmUpSeconds,
        int packetsPerFrame,
        Duration gap,
        int joinsPerSecond,
        List<Integer> scale,
        boolean halfLoad,
        String peer,
        int agents,
        Path nodeHome,
        String nodeJava,
        boolean json) {
    static final String USAGE = """
            local/bench sfu [--profile PROFILE] [--receivers N] [--rooms N] [--publishers N] [--seconds S | --hold 10m]
                            [--warm-up S] [--packets-per-frame N] [--arrival burst|spread:1ms] [--joins-per-second N]
                            [--scale N,N,...] [--half-load] [--peer NAME] [--agents N] [--node-java OPTIONS] [--json]

              broadcast   one camera of 30 frames a second to receivers with one slot each
              meeting     rooms of nine, or of --receivers / --rooms: the publishers (all) send 720p in three layers and voice;
                          everybody receives 1 x 720p, 8 x 180p and 3 voices, and changes who is large twice a second
              audio       ten microphones to receivers with three slots each
              churn       a broadcast to receivers who stay, while others join, watch for two seconds and leave

              --receivers N           how many receive, over all rooms (broadcast 500, meeting 180, audio 300, churn 100)
              --rooms N               rooms they are in (1; meeting: a room for nine)
              --publishers N          of each room, in meeting (all) and audio (10)
              --seconds S             measured time (10); from 20 on with a line of progress every 10 s
              --hold DURATION         the same, as 90s or 10m
              --warm-up S             time with media flowing before it (until the cost per packet has stopped falling, 40 at most)
                                      and, in churn, as long with people who come and go (until a join's cost has stopped falling, 60 at most)
              --packets-per-frame N   1200-byte packets a frame of a broadcast (9: 270 packets a second, 2.6 Mb/s)
              --arrival HOW           burst: a frame's packets come at once; spread:1ms: with this time between them (burst)
              --joins-per-second N    of churn (100)
              --scale N,N,...         broadcasts in rooms of so many receivers, each time as many rooms as hold the same number of receivers
                                      together; holds that a packet costs the same, and tells what it costs in one such room alone
              --half-load             plays as many rooms as take half a core of one agent; holds the transit time there
              --peer NAME             runs the same against another server, then tells the ratio (janus)
              --agents N              media agents of the node; 0: one a core, as in production (1: the generator needs the other core of two)
              --node-java OPTIONS     options of the node's Java (those of media-fleet/node/run)
              --json                  one JSON object a line
            """;

    private static final List<String> PROFILES = List.of("broadcast", "meeting", "audio", "churn");
    private static final int DEFAULT_SPEAKERS = 10;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    static BenchArguments parse(List<String> given) {
        return new Given(given).arguments();
    }

    boolean burst() {
        return gap.isZero();
    }

    /** Who is in each room. */
    Profile roomProfile() {
        return switch (profile) {
            case "meeting" -> new Meeting(this, receivers / rooms, publishers == 0 ? receivers / rooms : publishers);
            case "audio" -> new Audio(publishers == 0 ? DEFAULT_SPEAKERS : publishers, receivers / rooms);
            default -> new Broadcast(this, receivers / rooms);
        };
    }

    /** The most participants that are in at one time. */
    int people() {
        // Those of one size may still be leaving when those of the next come.
        int scaled = scale.stream()
                .mapToInt(size -> Math.max(1, scale.getLast() / size) * (size + 1))
                .sum();
        int speakers = rooms * (publishers == 0 ? DEFAULT_SPEAKERS : publishers);
        int visitors = profile.equals("churn") ? Churning.MOST_AT_ONCE_SECONDS * joinsPerSecond : 0;
        int grown = halfLoad ? Run.MOST_PEOPLE_AT_HALF_LOAD : 0;
        return receivers + scaled + speakers + visitors + grown + 16;
    }

    /** A command line being read. */
    private static final class Given {
        private final Deque<String> left;
        private String profile = "broadcast";
        private int receivers;
        private int rooms;
        private int publishers;
        private int seconds = 10;
        private int warmUp = -1;
        private int packets = 9;
        private Duration gap = Duration.ZERO;
        private int joins = 100;
        private List<Integer> scale = List.of();
        private boolean half;
        private String peer = "";
        private int agents = 1;
        private Path home = Path.of("media-fleet/node");
        private String java = "-Xmx512m -XX:+UseParallelGC -XX:MetaspaceSize=96m";
        private boolean json;

        Given(List<String> given) {
            left = new ArrayDeque<>(given);
            while (!left.isEmpty()) {
                read(left.remove());
            }
        }

        private void read(String name) {
            switch (name) {
                case "--json" -> json = true;
                case "--half-load" -> half = true;
                case "--profile" -> profile = profile(value(name));
                case "--receivers" -> receivers = number(name, 1, 20_000);
                case "--rooms" -> rooms = number(name, 1, 2_000);
                case "--publishers" -> publishers = number(name, 1, 2_000);
                case "--seconds" -> seconds = number(name, 1, 3600);
                case "--hold" -> seconds = hold(value(name));
                case "--warm-up" -> warmUp = number(name, 0, 600);
                case "--packets-per-frame" -> packets = number(name, 1, 200);
                case "--joins-per-second" -> joins = number(name, 1, 1_000);
                case "--scale" -> scale = scale(value(name));
                case "--peer" -> peer = value(name);
                case "--agents" -> agents = number(name, 0, 64);
                case "--arrival" -> gap = arrival(value(name));
                case "--node-home" -> home = Path.of(value(name));
                case "--node-java" -> java = value(name);
                default -> throw new IllegalArgumentException("unknown argument " + name);
            }
        }

        BenchArguments arguments() {
            if (gap.multipliedBy(packets).compareTo(Duration.ofSeconds(1).dividedBy(30)) > 0) {
                throw new IllegalArgumentException(
                        packets + " packets a frame, spread by " + gap.toMillis() + " ms, take longer than a frame");
            }
            if (!scale.isEmpty() && !profile.equals("broadcast")) {
                throw new IllegalArgumentException("--scale compares broadcasts, not " + profile);
            }
            int people = receivers > 0 ? receivers : usualReceivers();
            int places = rooms > 0 ? rooms : profile.equals("meeting") ? Math.max(1, people / Meeting.PEOPLE) : 1;
            if (places > people) {
                throw new IllegalArgumentException(places + " rooms need as many receivers, not " + people);
            }
            return new BenchArguments(
                    profile,
                    people,
                    places,
                    publishers,
                    seconds,
                    warmUp,
                    packets,
                    gap,
                    joins,
                    scale,
                    half,
                    peer,
                    agents,
                    home,
                    java,
                    json);
        }

        private int usualReceivers() {
            return switch (profile) {
                case "meeting" -> 180;
                case "churn" -> 100;
                case "audio" -> 300;
                default -> 500;
            };
        }

        private static String profile(String text) {
            if (!PROFILES.contains(text)) {
                throw new IllegalArgumentException(
                        "--profile must be " + String.join(", ", PROFILES) + ", not " + text);
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

        private static int hold(String text) {
            if (!text.matches("\\d{1,3}[sm]")) {
                throw new IllegalArgumentException("--hold must be like 90s or 10m, not " + text);
            }
            int number = Integer.parseInt(text.substring(0, text.length() - 1));
            return Math.max(1, text.endsWith("m") ? 60 * number : number);
        }

        private static List<Integer> scale(String text) {
            if (!text.matches("\\d{1,5}(,\\d{1,5}){1,9}")) {
                throw new IllegalArgumentException("--scale must be numbers like 10,100,1000, not " + text);
            }
            List<Integer> sizes = Arrays.stream(text.split(","))
                    .map(Integer::valueOf)
                    .sorted()
                    .toList();
            if (sizes.getFirst() == 0) {
                throw new IllegalArgumentException("--scale must be numbers from 1 on, not " + text);
            }
            return sizes;
        }

        private int number(String name, int min, int max) {
            String text = value(name);
            if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
                throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + text);
            }
            return Integer.parseInt(text);
        }

        private String value(String name) {
            if (left.isEmpty()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            return left.remove();
        }
    }
}
