package dev.parley.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kernel.Settings;
import dev.parley.local.stores.Stores;
import dev.parley.platform.crypto.JwtIssuer;
import dev.parley.platform.crypto.KeyFolder;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.nodes.DynamoLeases;
import dev.parley.platform.nodes.NodeClient;
import dev.parley.platform.nodes.NodeLease;
import dev.parley.platform.nodes.NodeState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lease in a real table: taken at the start, found by callers, given back at the end, lost to a newer process. */
@Tag("component")
class NodeLeaseTest {
    private static Settings settings(Stores stores) {
        Map<String, String> values = new HashMap<>(stores.values());
        values.put("NODE_CONTROL_PORT", "0");
        values.put("NODE_METRICS_PORT", "0");
        values.put("NODE_MEDIA_PORT", "0");
        values.put("NODE_AGENTS", "1");
        return Settings.of(values);
    }

    @Test
    void aNodeIsFoundByItsLeaseAndFencedByANewerProcess() {
        InstantSource clock = InstantSource.system();
        try (Stores stores = Stores.temporary();
                Dynamo dynamo = Dynamo.of(stores.settings())) {
            Settings settings = settings(stores);
            DynamoLeases leases = new DynamoLeases(dynamo, clock);
            try (NodeProcess first = NodeProcess.start(settings, line -> {});
                    NodeClient client =
                            new NodeClient(JwtIssuer.node(KeyFolder.of(settings).load(KeyFolder.Name.NODE), clock))) {
                NodeLease lease = leases.find("node-1").orElseThrow();
                assertThat(lease.live(clock.millis())).isTrue();
                assertThat(lease.incarnation()).isEqualTo(first.incarnation());
                assertThat(client.answers(lease)).isTrue();

                leases.want("node-1", NodeState.DRAINING);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> client.health(lease).state().equals("draining"));

                try (NodeProcess second = NodeProcess.start(settings, line -> {})) {
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> first.fencedFuture().isDone());
                    NodeLease now = leases.find("node-1").orElseThrow();
                    assertThat(now.incarnation()).isEqualTo(second.incarnation());
                    assertThat(client.answers(now)).isTrue();
                }
            }
            assertThat(leases.all().stream()
                            .filter(lease -> lease.live(clock.millis()))
                            .toList())
                    .isEmpty();
        }
    }
}
