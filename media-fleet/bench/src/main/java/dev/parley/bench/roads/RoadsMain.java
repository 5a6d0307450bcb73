package dev.parley.bench.roads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code local/bench roads [--veth] [--json] [--runs 1,5,9] [--turns N] [REGEX]}: packets per CPU-second of every road whose name the expression finds, and
 * the ratio to what a node's engine does in the same turns. A road that the system refuses says why. Processor time is that of the sending thread, the
 * kernel's part included: no road here hands work to another thread, and the loopback interface delivers within the sender's call. With {@code --veth} the
 * packets leave by a virtual Ethernet cable ({@link Veth}), which AF_XDP needs.
 */
public final class RoadsMain {
    private static final long TURN_NANOS = 40_000_000L;
    private static final int WARM_UP_TURNS = 30;

    private RoadsMain() {}

    public static void main(String[] given) throws IOException {
        int[] lengths = {1, 5, 9, 32, Runs.LONGEST};
        int turns = 40;
        boolean json = false;
        String include = "";
        boolean veth = false;
        for (int i = 0; i < given.length; i++) {
            switch (given[i]) {
                case "--json" -> json = true;
                case "--veth" -> veth = true;
                case "--runs" -> lengths = lengths(given, ++i);
                case "--turns" -> turns = numbers(given, ++i)[0];
                default -> include = given[i];
            }
        }
        Linux linux = new Linux();
        List<RoadFigure> figures = new ArrayList<>();
        for (int run : lengths) {
            try (Runs runs = veth ? Veth.runs(linux, run) : Runs.loopback(linux, run)) {
                figures.addAll(measure(runs, veth ? Veth.roads() : roads(), include, turns));
            }
        }
        tell(figures, lengths, json);
        if (!veth) {
            Refusals.tell(linux, System.err);
        }
    }

    private static int[] numbers(String[] given, int at) {
        if (at >= given.length || !given[at].matches("[1-9]\\d?(,[1-9]\\d?)*")) {
            System.err.println("local/bench roads [--veth] [--json] [--runs 1,5,9] [--turns N] [REGEX]");
            System.exit(2);
        }
        return List.of(given[at].split(",")).stream()
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static int[] lengths(String[] given, int at) {
        int[] lengths = numbers(given, at);
        for (int length : lengths) {
            if (length > Runs.LONGEST) {
                System.err.println("a run has " + Runs.LONGEST + " packets of " + Runs.PACKET_BYTES + " bytes at most");
                System.exit(2);
            }
        }
        return lengths;
    }

    private static Map<String, Road.Opening> roads() {
        Map<String, Road.Opening> roads = new LinkedHashMap<>();
        roads.put("engine: sendmmsg + GSO", EngineRoad::batched);
        roads.put("engine: one send a packet (NIO)", EngineRoad::nio);
        roads.put("sendmmsg + GSO, prepared", MessageRoad::plain);
        roads.put("sendmmsg + GSO, slab of 16 MB in 4 KB pages", SlabRoad::smallPages);
        roads.put("sendmmsg + GSO, slab of 16 MB in 2 MB pages", SlabRoad::hugePages);
        roads.put("sendmmsg + GSO, slab of 512 KB", SlabRoad::smallSlab);
        roads.put("sendmmsg + GSO, SO_MAX_PACING_RATE", MessageRoad::paced);
        roads.put("sendmmsg + GSO, MSG_ZEROCOPY", ZeroCopyRoad::open);
        roads.put("connected sockets, sendmsg + GSO", ConnectedRoad::open);
        roads.put("io_uring SENDMSG + GSO", UringRoad::messages);
        roads.put("io_uring SENDMSG + GSO, told of failures only", UringRoad::quiet);
        roads.put("io_uring SEND, told of failures only", UringRoad::headless);
        roads.put("io_uring SENDMSG + GSO, connected sockets", UringRoad::connected);
        roads.put("io_uring SENDMSG_ZC + GSO", UringRoad::zeroCopy);
        roads.put("io_uring SEND_ZC + GSO, registered buffer", UringRoad::fixed);
        return roads;
    }

    private static List<RoadFigure> measure(Runs runs, Map<String, Road.Opening> roads, String include, int turns)
            throws IOException {
        String first = roads.keySet().iterator().next();
        Map<String, Road> open = new LinkedHashMap<>();
        for (Map.Entry<String, Road.Opening> entry : roads.entrySet()) {
            if (entry.getKey().equals(first) || entry.getKey().matches(".*(" + include + ").*")) {
                try {
                    open.put(entry.getKey(), entry.getValue().open(runs));
                } catch (IOException e) {
                    System.err.println(entry.getKey() + ": refused, " + e.getMessage());
                }
            }
        }
        Map<String, double[]> results = new LinkedHashMap<>();
        open.keySet().forEach(name -> results.put(name, new double[turns]));
        for (int turn = -WARM_UP_TURNS; turn < turns; turn++) {
            for (Iterator<Map.Entry<String, Road>> left = open.entrySet().iterator(); left.hasNext(); ) {
                Map.Entry<String, Road> road = left.next();
                try {
                    double result = turn(runs.linux(), road.getValue());
                    if (turn >= 0) {
                        results.get(road.getKey())[turn] = result;
                    }
                } catch (IOException e) {
                    System.err.println(road.getKey() + ", runs of " + runs.run() + ": refused, " + e.getMessage());
                    road.getValue().close();
                    left.remove();
                    results.remove(road.getKey());
                }
            }
        }
        for (Map.Entry<String, Road> road : open.entrySet()) {
            if (road.getValue() instanceof ZeroCopyRoad) {
                System.err.println(road.getKey() + ", runs of " + runs.run() + ": " + road.getValue());
            }
            road.getValue().close();
        }
        double[] against = results.get(first);
        return results.entrySet().stream()
                .map(result -> RoadFigure.of(result.getKey(), runs.run(), result.getValue(), against))
                .toList();
    }

    /** Packets per CPU-second of one turn. */
    private static double turn(Linux linux, Road road) throws IOException {
        long cpuBefore = linux.threadCpuNanos();
        long start = System.nanoTime();
        long packets = 0;
        while (System.nanoTime() - start < TURN_NANOS) {
            packets += road.send();
        }
        return packets / ((linux.threadCpuNanos() - cpuBefore) / 1e9);
    }

    private static void tell(List<RoadFigure> figures, int[] lengths, boolean json) {
        if (json) {
            figures.forEach(figure -> System.out.println(figure.json()));
            return;
        }
        System.out.print("| road |");
        for (int length : lengths) {
            System.out.print(" run " + length + " |");
        }
        System.out.println("\n|---|" + "---:|".repeat(lengths.length));
        Map<String, List<RoadFigure>> byRoad = figures.stream()
                .collect(Collectors.groupingBy(RoadFigure::road, LinkedHashMap::new, Collectors.toList()));
        byRoad.forEach((road, cells) -> System.out.println("| " + road + " | "
                + IntStream.of(lengths).mapToObj(length -> cell(cells, length)).collect(Collectors.joining(" | "))
                + " |"));
    }

    private static String cell(List<RoadFigure> figures, int length) {
        return figures.stream()
                .filter(figure -> figure.run() == length)
                .map(RoadFigure::cell)
                .findFirst()
                .orElse("refused");
    }
}
