package dev.parley.node;

import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import dev.parley.node.overload.OverloadLimits;
import dev.parley.transport.srtp.SrtpProvider;
import dev.parley.transport.udp.UdpEngineChoice;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node was started with, checked.
 *
 * @param nodeId stable name of the node
 * @param region where it stands
 * @param control where the control API listens; port 0 = any
 * @param controlUrl what the control plane calls; empty = made from {@code control}
 * @param metrics where health and metrics listen; port 0 = any
 * @param mediaBind address media ports are bound to
 * @param mediaHost address announced to clients
 * @param mediaPort first UDP port; agent i listens on this + i; 0 = any
 * @param udpEngine how datagrams are received and sent
 * @param dscp what routers are told of the packets' urgency, 0 to 63; 0 says nothing
 * @param agents media agents, each a thread and a port
 * @param srtp what encrypts media; empty = the fastest that works here
 * @param maxParticipants sessions at once
 * @param maxSlots receive slots of one participant
 * @param roomAgentParticipants sessions of one room that an agent gets before the room takes another agent
 * @param overload at which stress the node lets in less
 * @param connectTimeout time a session has to connect
 * @param consentTimeout silence after which a session ends
 * @param seatGrace how long somebody may be without a session before their seat is freed
 * @param lease whether the node registers itself
 * @param qualityKept how long it is kept how connections did; zero = not at all
 */
public record NodeSettings(
        String nodeId,
        String region,
        InetSocketAddress control,
        String controlUrl,
        InetSocketAddress metrics,
        String mediaBind,
        String mediaHost,
        int mediaPort,
        UdpEngineChoice udpEngine,
        int dscp,
        int agents,
        Optional<SrtpProvider> srtp,
        int maxParticipants,
        int maxSlots,
        int roomAgentParticipants,
        OverloadLimits overload,
        Duration connectTimeout,
        Duration consentTimeout,
        Duration seatGrace,
        boolean lease,
        Duration qualityKept) {
    private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Reads and checks the settings.
     *
     * @throws SettingsException naming the key that is wrong
     */
    public static NodeSettings of(Settings settings) {
        String nodeId = text(settings, NodeSetting.NODE_ID);
        if (!NODE_ID.matcher(nodeId).matches()) {
            throw new SettingsException("Setting NODE_ID must be 1 to 64 of A-Z a-z 0-9 . _ -, not '" + nodeId + "'");
        }
        String mediaBind = mediaAddress(settings, NodeSetting.NODE_MEDIA_BIND, "");
        String mediaHost = mediaAddress(settings, NodeSetting.NODE_MEDIA_HOST, mediaBind);
        int agents = number(settings, NodeSetting.NODE_AGENTS, 0, 64);
        int mediaPort = number(settings, NodeSetting.NODE_MEDIA_PORT, 0, 65535);
        int agentCount = agents == 0 ? Runtime.getRuntime().availableProcessors() : agents;
        if (mediaPort + agentCount - 1 > 65535) {
            throw new SettingsException("Setting NODE_MEDIA_PORT leaves no room for " + agentCount + " ports");
        }
        return new NodeSettings(
                nodeId,
                text(settings, NodeSetting.NODE_REGION),
                address(settings, NodeSetting.NODE_CONTROL_HOST, NodeSetting.NODE_CONTROL_PORT),
                text(settings, NodeSetting.NODE_CONTROL_URL),
                address(settings, NodeSetting.NODE_METRICS_HOST, NodeSetting.NODE_METRICS_PORT),
                mediaBind,
                mediaHost,
                mediaPort,
                udpEngine(settings),
                number(settings, NodeSetting.NODE_DSCP, 0, 63),
                agentCount,
                srtp(settings),
                number(settings, NodeSetting.NODE_MAX_PARTICIPANTS, 1, 100_000),
                number(settings, NodeSetting.NODE_MAX_SLOTS, 1, 120),
                number(settings, NodeSetting.NODE_ROOM_AGENT_PARTICIPANTS, 1, 100_000),
                overload(settings),
                duration(settings, NodeSetting.NODE_CONNECT_TIMEOUT),
                duration(settings, NodeSetting.NODE_CONSENT_TIMEOUT),
                Duration.ofSeconds(number(settings, NodeSetting.NODE_SEAT_GRACE, 1, 3600)),
                flag(settings, NodeSetting.NODE_LEASE),
                Duration.ofDays(number(settings, NodeSetting.NODE_QUALITY_DAYS, 0, 365)));
    }

    private static OverloadLimits overload(Settings settings) {
        int guardAt = number(settings, NodeSetting.NODE_GUARD_AT, 2, 100);
        int fullAt = number(settings, NodeSetting.NODE_FULL_AT, 2, 100);
        int gap = number(settings, NodeSetting.NODE_OVERLOAD_GAP, 1, 99);
        if (guardAt > fullAt) {
            throw new SettingsException(
                    "Setting NODE_GUARD_AT must be at most NODE_FULL_AT (" + fullAt + "), not " + guardAt);
        }
        if (gap >= guardAt) {
            throw new SettingsException(
                    "Setting NODE_OVERLOAD_GAP must be below NODE_GUARD_AT (" + guardAt + "), not " + gap);
        }
        return new OverloadLimits(
                flag(settings, NodeSetting.NODE_OVERLOAD),
                guardAt / 100.0,
                fullAt / 100.0,
                gap / 100.0,
                number(settings, NodeSetting.NODE_AGENT_PACKETS, 1, 10_000_000));
    }

    /** Sessions from which on no new rooms are taken. */
    public int guardedSessions() {
        return overload.enforced() ? (int) Math.ceil(maxParticipants * overload.guardAt()) : maxParticipants;
    }

    /** Whether it is written how connections do: only a node that registers itself has a store. */
    public boolean keepsQuality() {
        return lease && !qualityKept.isZero();
    }

    private static Optional<SrtpProvider> srtp(Settings settings) {
        String text = text(settings, NodeSetting.NODE_SRTP);
        if (text.equals("auto")) {
            return Optional.empty();
        }
        Optional<SrtpProvider> provider = SrtpProvider.ofSetting(text);
        if (provider.isEmpty()) {
            throw new SettingsException("Setting NODE_SRTP must be one of auto, "
                    + Arrays.stream(SrtpProvider.values())
                            .map(SrtpProvider::setting)
                            .collect(Collectors.joining(", "))
                    + ", not '" + text + "'");
        }
        return provider;
    }

    private static String text(Settings settings, NodeSetting setting) {
        return settings.text(setting.name(), setting.fallback()).strip();
    }

    private static boolean flag(Settings settings, NodeSetting setting) {
        return settings.flag(setting.name(), setting.fallback().equals("on"));
    }

    private static int number(Settings settings, NodeSetting setting, int min, int max) {
        int value = settings.integer(setting.name(), Integer.parseInt(setting.fallback()));
        if (value < min || value > max) {
            throw new SettingsException("Setting " + setting + " must be " + min + " to " + max + ", not " + value);
        }
        return value;
    }

    private static UdpEngineChoice udpEngine(Settings settings) {
        String text = text(settings, NodeSetting.NODE_UDP_ENGINE);
        return switch (text) {
            case "auto" -> UdpEngineChoice.AUTO;
            case "nio" -> UdpEngineChoice.NIO;
            case "batched" -> UdpEngineChoice.BATCHED;
            default ->
                throw new SettingsException(
                        "Setting " + NodeSetting.NODE_UDP_ENGINE + " must be auto, nio or batched, not '" + text + "'");
        };
    }

    private static Duration duration(Settings settings, NodeSetting setting) {
        Duration value = settings.duration(setting.name(), Duration.parse(setting.fallback()));
        if (value.isNegative() || value.isZero() || value.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new SettingsException("Setting " + setting + " must be above zero and at most PT10M, not " + value);
        }
        return value;
    }

    private static InetSocketAddress address(Settings settings, NodeSetting host, NodeSetting port) {
        InetSocketAddress address = new InetSocketAddress(text(settings, host), number(settings, port, 0, 65535));
        if (address.isUnresolved()) {
            throw new SettingsException("Setting " + host + " names no host: '" + text(settings, host) + "'");
        }
        return address;
    }

    /** An IP address, or for {@code auto} the preferred one if that is a single address, else the one the network is reached from. */
    private static String mediaAddress(Settings settings, NodeSetting setting, String preferred) {
        String text = text(settings, setting);
        if (text.equals("auto")) {
            boolean single = !preferred.isEmpty()
                    && !new InetSocketAddress(preferred, 0).getAddress().isAnyLocalAddress();
            return single ? preferred : NetworkAddress.ofThisMachine();
        }
        if (!isAddress(text)) {
            throw new SettingsException("Setting " + setting + " must be auto or an IP address, not '" + text + "'");
        }
        return text;
    }

    private static boolean isAddress(String text) {
        // Only literals: a name would be looked up, and browsers take addresses alone.
        if (!text.matches("[0-9A-Fa-f:.]+")) {
            return false;
        }
        try {
            return InetAddress.getByName(text) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
