package dev.parley.node;

import dev.parley.node.agents.MediaAgent;
import dev.parley.node.agents.MediaAgents;
import dev.parley.node.health.MetricsText;
import dev.parley.node.overload.LoadWatch;
import dev.parley.node.overload.MachineCpu;
import dev.parley.node.quality.QualityWriter;
import dev.parley.node.rooms.RoomCounters;
import dev.parley.node.rooms.Rooms;
import dev.parley.sfu.SfuCounters.Counter;
import dev.parley.transport.PortCounters;
import java.util.function.ToDoubleFunction;

/** What the node tells Prometheus. */
final class NodeMetrics {
    private final Rooms rooms;
    private final MediaAgents agents;
    private final LoadWatch load;
    private final QualityWriter quality;

    /** @param quality null when nothing of it is written */
    NodeMetrics(Rooms rooms, MediaAgents agents, LoadWatch load, QualityWriter quality) {
        this.rooms = rooms;
        this.agents = agents;
        this.load = load;
        this.quality = quality;
    }

    String text() {
        MetricsText text = new MetricsText();
        RoomCounters counters = rooms.counters();
        text.gauge("parley_node_rooms", "Rooms on this node.", rooms.size())
                .gauge("parley_node_sessions", "Sessions, connected or not.", counters.sessions.get())
                .gauge("parley_node_participants", "Participants in rosters.", counters.participants.get())
                .counter("parley_node_exchanges_total", "Offers answered.", counters.exchanges.sum())
                .counter("parley_node_refusals_total", "Offers and restarts refused.", counters.refusals.sum())
                .counter("parley_node_kicks_total", "Kicks carried out.", counters.kicked.sum())
                .counter(
                        "parley_node_sessions_never_connected_total",
                        "Sessions that did not connect.",
                        counters.neverConnected.sum())
                .counter(
                        "parley_node_sessions_consent_lost_total",
                        "Sessions that fell silent.",
                        counters.consentLost.sum());
        overload(text);
        text.gauge("parley_node_spread_rooms", "Rooms on more than one agent.", counters.spreadRooms.get());
        messages(text, counters);
        quality(text);
        memory(text);
        perAgent(text, "parley_agent_duty", "Share of time spent working.", "gauge", MediaAgent::duty);
        perAgent(
                text,
                "parley_agent_longest_cycle_seconds",
                "Longest duty cycle.",
                "gauge",
                agent -> agent.longestCycleNanos() / 1e9);
        perAgent(
                text,
                "parley_agent_recent_longest_cycle_seconds",
                "Longest duty cycle of the last second.",
                "gauge",
                agent -> agent.recentLongestCycleNanos() / 1e9);
        perAgent(text, "parley_agent_failures_total", "Duty cycles that failed.", "counter", MediaAgent::failures);
        perAgent(
                text,
                "parley_agent_rooms",
                "Rooms, or parts of rooms, on this agent.",
                "gauge",
                agent -> agent.rooms().get());
        relay(text);
        ports(text);
        return text.toString();
    }

    private void overload(MetricsText text) {
        MachineCpu.Shares cpu = load.cpu();
        text.gauge("parley_stress", "0 idle, 1 full.", rooms.stress())
                .gauge(
                        "parley_overload_state",
                        "0 open, 1 no new rooms, 2 nobody new.",
                        rooms.admission().ordinal())
                .gauge("parley_cpu_busy", "Share of all processors in use by anybody.", cpu.busy())
                .gauge("parley_cpu_own", "Share of all processors in use by this process.", cpu.own())
                .gauge("parley_cpu_steal", "Share of processor time given to others by the hypervisor.", cpu.steal())
                .gauge("parley_cpu_throttled", "Share of periods cut short by the quota.", cpu.throttled());
    }

    private static void messages(MetricsText text, RoomCounters counters) {
        text.counter("parley_messages_in_total", "Data-channel messages received.", counters.messagesIn.sum())
                .counter("parley_messages_out_total", "Data-channel messages sent.", counters.messagesOut.sum())
                .counter("parley_messages_malformed_total", "Messages ignored.", counters.messagesMalformed.sum())
                .counter("parley_messages_unknown_total", "Messages of unknown kind.", counters.messagesUnknown.sum())
                .counter(
                        "parley_messages_over_budget_total",
                        "Messages dropped: too many.",
                        counters.messagesOverBudget.sum())
                .counter("parley_events_dropped_total", "Events dropped: room behind.", counters.eventsDropped.sum());
    }

    private void quality(MetricsText text) {
        if (quality != null) {
            text.gauge("parley_quality_minutes_waiting", "Minutes of rooms to be written.", quality.waiting())
                    .counter("parley_quality_minutes_written_total", "Minutes of rooms written.", quality.written())
                    .counter(
                            "parley_quality_minutes_dropped_total",
                            "Minutes of rooms given up: the store was away for too long.",
                            quality.dropped());
        }
    }

    private static void memory(MetricsText text) {
        Runtime runtime = Runtime.getRuntime();
        text.gauge("parley_heap_used_bytes", "Java heap in use.", runtime.totalMemory() - runtime.freeMemory())
                .gauge("parley_heap_max_bytes", "Java heap limit.", runtime.maxMemory());
    }

    private void relay(MetricsText text) {
        perSfu(text, "parley_relay_packets_out_total", "Packets handed to other agents.", Counter.RELAYED_OUT);
        perSfu(text, "parley_relay_packets_in_total", "Packets taken from other agents.", Counter.RELAYED_IN);
        perSfu(text, "parley_relay_dropped_total", "Packets not handed over: ring full.", Counter.RELAY_DROPPED);
    }

    private void perSfu(MetricsText text, String name, String help, Counter counter) {
        perAgent(text, name, help, "counter", agent -> agent.sfu().counters().get(counter));
    }

    private void ports(MetricsText text) {
        perPort(
                text,
                "parley_udp_datagrams_in_total",
                "Datagrams received.",
                port -> port.udp().datagramsIn());
        perPort(
                text,
                "parley_udp_bytes_in_total",
                "Bytes received.",
                port -> port.udp().bytesIn());
        perPort(
                text,
                "parley_udp_datagrams_out_total",
                "Datagrams sent.",
                port -> port.udp().datagramsOut());
        perPort(
                text,
                "parley_udp_bytes_out_total",
                "Bytes sent.",
                port -> port.udp().bytesOut());
        perPort(
                text,
                "parley_udp_messages_out_total",
                "Kernel messages sent.",
                port -> port.udp().messagesOut());
        perPort(
                text,
                "parley_udp_segment_fallbacks_total",
                "Runs sent packet by packet.",
                port -> port.udp().segmentFallbacks());
        perPort(
                text,
                "parley_udp_sends_dropped_total",
                "Not sent: buffer full.",
                port -> port.udp().sendsDropped());
        perPort(text, "parley_stun_valid_total", "Valid checks.", PortCounters::stunValid);
        perPort(text, "parley_stun_bad_integrity_total", "Checks refused.", PortCounters::stunBadIntegrity);
        perPort(text, "parley_stun_unknown_ufrag_total", "Checks for nobody.", PortCounters::stunUnknownUfrag);
        perPort(text, "parley_dtls_inbox_full_total", "DTLS dropped: read too slowly.", PortCounters::dtlsInboxFull);
        perPort(text, "parley_dtls_outbox_full_total", "DTLS dropped: sent too slowly.", PortCounters::dtlsOutboxFull);
        perPort(text, "parley_srtp_auth_failed_total", "Packets refused: forged.", PortCounters::srtpAuthFailed);
        perPort(text, "parley_srtp_replayed_total", "Packets refused: replayed.", PortCounters::srtpReplayed);
        perPort(text, "parley_datagrams_unknown_total", "Neither STUN, DTLS nor RTP.", PortCounters::unknownDatagrams);
        perPort(text, "parley_port_failures_total", "Unexpected failures.", PortCounters::failures);
    }

    private void perPort(MetricsText text, String name, String help, ToDoubleFunction<PortCounters> value) {
        perAgent(
                text,
                name,
                help,
                name.endsWith("_total") ? "counter" : "gauge",
                agent -> value.applyAsDouble(agent.port().counters()));
    }

    private void perAgent(MetricsText text, String name, String help, String type, ToDoubleFunction<MediaAgent> value) {
        text.family(name, help, type);
        for (MediaAgent agent : agents.all()) {
            text.sample(name, "agent=\"" + agent.index() + "\"", value.applyAsDouble(agent));
        }
    }
}
