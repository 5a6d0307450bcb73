package dev.parley.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aTakenPortIsPassedOverAndSaid() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new Ports();
            int chosen = ports.tcp("the web app", taken.getLocalPort());
            assertThat(chosen).isGreaterThan(taken.getLocalPort());
            assertThat(ports.remarks())
                    .containsExactly("port " + taken.getLocalPort() + " is taken: the web app uses " + chosen);
        }
    }

    @Test
    void aPortSomebodyAskedForMustBeFree() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new Ports().exactly("the web app", taken.getLocalPort()))
                    .isInstanceOf(SupervisorException.class)
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void noPortIsGivenTwice() {
        var ports = new Ports();
        int first = ports.tcp("one", 20_000);
        assertThat(ports.tcp("other", 20_000)).isNotEqualTo(first);
    }

    @Test
    void aRangeOfMediaPortsIsFreeAsAWhole() throws IOException {
        try (var taken = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            int wanted = taken.getLocalPort() - 1;
            assertThat(new Ports().udpRange("media", wanted, 2)).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void aMediaPortTakenOnAnotherAddressIsTaken() throws IOException {
        try (var taken = new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0))) {
            assertThat(new Ports().udpRange("media", taken.getLocalPort(), 1)).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void nodesShareTheCores() {
        PortPlan plan = PortPlan.choose(new Ports(), OptionalInt.empty(), 10_000, OptionalInt.empty(), 3, 8);
        assertThat(plan.agents()).isEqualTo(2);
        assertThat(plan.nodes()).extracting(PortPlan.Node::name).containsExactly("node-1", "node-2", "node-3");
        assertThat(plan.nodes()).extracting(PortPlan.Node::media).doesNotHaveDuplicates();
    }
}
