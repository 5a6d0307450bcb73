package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.node.overload.OverloadLimits;
import dev.parley.transport.srtp.SrtpProvider;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsTest {
    private static final Path SAMPLE = Path.of("node-sample.properties");

    @Test
    void theSampleIsTheManual() throws IOException {
        Properties sample = new Properties();
        try (Reader reader = Files.newBufferedReader(SAMPLE)) {
            sample.load(reader);
        }
        Map<String, String> inCode =
                Arrays.stream(NodeSetting.values()).collect(Collectors.toMap(NodeSetting::name, NodeSetting::fallback));
        assertThat(sample).isEqualTo(inCode);
        String before = "";
        for (String line : Files.readAllLines(SAMPLE)) {
            if (line.startsWith("NODE_")) {
                assertThat(before).as("the line before " + line).startsWith("#");
            }
            before = line;
        }
    }

    @Test
    void defaultsAreValid() {
        NodeSettings settings = NodeSettings.of(Settings.of(Map.of()));
        assertThat(settings.nodeId()).isEqualTo("node-1");
        assertThat(settings.agents()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.control().getPort()).isEqualTo(9100);
        assertThat(settings.lease()).isTrue();
    }

    @Test
    void theSrtpProviderIsTheFastestUnlessOneIsNamed() {
        assertThat(NodeSettings.of(Settings.of(Map.of())).srtp()).isEmpty();
        for (SrtpProvider provider : SrtpProvider.values()) {
            assertThat(NodeSettings.of(Settings.of(Map.of("NODE_SRTP", provider.setting())))
                            .srtp())
                    .contains(provider);
        }
    }

    @Test
    void packetsAreMarkedForInteractiveVideoUnlessSaidOtherwise() {
        assertThat(NodeSettings.of(Settings.of(Map.of())).dscp()).isEqualTo(34);
        assertThat(NodeSettings.of(Settings.of(Map.of("NODE_DSCP", "0"))).dscp())
                .isZero();
    }

    @Test
    void limitsOfLoadArePercentAndAlsoOfSessions() {
        NodeSettings settings = NodeSettings.of(Settings.of(Map.of("NODE_GUARD_AT", "50", "NODE_FULL_AT", "50")));
        assertThat(settings.overload()).isEqualTo(new OverloadLimits(true, 0.5, 0.5, 0.1, 200_000));
        assertThat(settings.guardedSessions()).isEqualTo(250);
        NodeSettings off = NodeSettings.of(Settings.of(Map.of("NODE_OVERLOAD", "off")));
        assertThat(off.overload().enforced()).isFalse();
        assertThat(off.guardedSessions()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "NODE_ID, a b",
        "NODE_CONTROL_PORT, 70000",
        "NODE_CONTROL_PORT, x",
        "NODE_MEDIA_HOST, example.com",
        "NODE_MEDIA_HOST, 1.2.3.4.5",
        "NODE_MEDIA_PORT, -1",
        "NODE_UDP_ENGINE, fast",
        "NODE_AGENTS, 65",
        "NODE_DSCP, 64",
        "NODE_DSCP, -1",
        "NODE_DSCP, EF",
        "NODE_OVERLOAD, maybe",
        "NODE_GUARD_AT, 101",
        "NODE_GUARD_AT, 90",
        "NODE_FULL_AT, 60",
        "NODE_FULL_AT, 0.85",
        "NODE_OVERLOAD_GAP, 0",
        "NODE_OVERLOAD_GAP, 70",
        "NODE_AGENT_PACKETS, 0",
        "NODE_SRTP, openssl",
        "NODE_CONNECT_TIMEOUT, PT0S",
        "NODE_SEAT_GRACE, 0",
        "NODE_SEAT_GRACE, 45s",
        "NODE_CONSENT_TIMEOUT, soon",
        "NODE_LEASE, maybe",
        "NODE_MAX_PARTICIPANTS, 0",
    })
    void refusesWrongValuesByName(String key, String value) {
        assertThatThrownBy(() -> NodeSettings.of(Settings.of(Map.of(key, value))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }
}
