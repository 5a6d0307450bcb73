package dev.parley.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs against a media node in a process of its own: what is sent arrives, and both sides count the same. Nothing here is about speed. */
@Tag("component")
class BenchComponentTest {
    private static final Path NODE = Path.of("..", "node");
    private static final Pattern FIGURE = Pattern.compile("\"metric\":\"(\\w+)\",\"value\":([^,]+),");

    @TempDir
    private Path folder;

    private Map<String, Double> run(String... given) throws Exception {
        assumeTrue(Files.isRegularFile(NODE.resolve("target/node.jar")), "the node is not packaged: mvn package");
        List<String> all = new ArrayList<>(List.of("--node-home", NODE.toString(), "--json"));
        all.addAll(List.of(given));
        BenchArguments arguments = BenchArguments.parse(all);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(out, true, StandardCharsets.UTF_8), "test", "parley", true, true);
        try (MediaServer server = BenchMain.parley(arguments, folder)) {
            new Run(arguments, server, report).run();
        }
        Map<String, Double> figures = new HashMap<>();
        Matcher figure = FIGURE.matcher(out.toString(StandardCharsets.UTF_8));
        while (figure.find()) {
            figures.put(figure.group(1), Double.valueOf(figure.group(2)));
        }
        return figures;
    }

    private static void arrived(Map<String, Double> figures) {
        assertThat(figures).containsEntry("loss_ratio", 0.0);
        assertThat(figures).containsEntry("unsound_packets", 0.0);
        assertThat(figures).containsEntry("dropped_by_generator", 0.0);
        assertThat(figures.get("verified_packets")).isPositive();
        assertThat(figures.get("transit_p50_ms")).isBetween(0.0, figures.get("transit_p99_ms"));
        assertThat(figures.get("packets_per_cpu_second")).isPositive();
    }

    @Test
    void aBroadcastReachesEverybody() throws Exception {
        Map<String, Double> figures =
                run("--receivers", "8", "--seconds", "2", "--warm-up", "0", "--packets-per-frame", "4");
        arrived(figures);
        double received = figures.get("media_packets_received");
        assertThat(received).isEqualTo(8 * figures.get("packets_sent"));
        assertThat(figures.get("packets_out")).isBetween(received, 1.3 * received);
        assertThat(figures.get("packets_in")).isGreaterThanOrEqualTo(figures.get("packets_sent"));
        assertThat(figures.get("bytes_per_media_packet")).isBetween(1190.0, 1210.0);
        assertThat(figures.get("joined")).isEqualTo(9);
    }

    @Test
    void aMeetingFlows() throws Exception {
        Map<String, Double> figures =
                run("--profile", "meeting", "--seconds", "2", "--warm-up", "2", "--receivers", "9");
        arrived(figures);
        assertThat(figures.get("media_packets_received")).isGreaterThan(figures.get("packets_sent"));
    }

    @Test
    void peopleComeAndGoWithoutDisturbingThoseWhoStay() throws Exception {
        Map<String, Double> figures = run(
                "--profile",
                "churn",
                "--receivers",
                "4",
                "--seconds",
                "2",
                "--warm-up",
                "0",
                "--packets-per-frame",
                "2",
                "--joins-per-second",
                "4");
        arrived(figures);
        assertThat(figures).containsEntry("failed_joins", 0.0);
        assertThat(figures.get("joins_per_second")).isPositive();
        assertThat(figures.get("join_p50_ms")).isBetween(0.0, figures.get("join_p99_ms"));
    }
}
