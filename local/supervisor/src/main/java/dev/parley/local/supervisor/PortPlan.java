package dev.parley.local.supervisor;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Who listens where, all on loopback.
 *
 * @param web the public port: web app, REST API, WebSocket
 * @param internal {@code @connections} and health of the control process
 * @param tables DynamoDB
 * @param database PostgreSQL
 * @param files S3, for browsers too
 * @param nodes the media nodes
 * @param agents UDP ports of each node, one a media agent
 */
record PortPlan(int web, int internal, int tables, int database, int files, List<Node> nodes, int agents) {
    static final int WEB = 8800;
    private static final int INTERNAL = 8801;
    private static final int TABLES = 8802;
    private static final int DATABASE = 8803;
    private static final int FILES = 8804;
    private static final int NODE_CONTROL = 9100;
    private static final int NODE_METRICS = 9200;

    /**
     * One media node.
     *
     * @param name such as {@code node-1}
     * @param control TCP port of its control API
     * @param metrics TCP port of its health and metrics
     * @param media the first of its UDP ports
     */
    record Node(String name, int control, int metrics, int media) {}

    /**
     * Chooses ports.
     *
     * @param wantedWeb the public port, when a person asked for one
     * @param media where the UDP ports of the first node begin
     * @param lastMedia the last UDP port that may be taken, when somebody said so
     * @param nodes how many media nodes
     * @param cores of this machine, shared by the nodes
     */
    static PortPlan choose(Ports ports, OptionalInt wantedWeb, int media, OptionalInt lastMedia, int nodes, int cores) {
        int agents = Math.max(1, cores / Math.max(1, nodes));
        int web = wantedWeb.isPresent()
                ? ports.exactly("the web app", wantedWeb.getAsInt())
                : ports.tcp("the web app", WEB);
        PortPlan plan = new PortPlan(
                web,
                ports.tcp("the control process", INTERNAL),
                ports.tcp("DynamoDB", TABLES),
                ports.tcp("PostgreSQL", DATABASE),
                ports.tcp("S3", FILES),
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(number -> new Node(
                                "node-" + number,
                                ports.tcp("the control API of node-" + number, NODE_CONTROL + number - 1),
                                ports.tcp("the metrics of node-" + number, NODE_METRICS + number - 1),
                                ports.udpRange("the media of node-" + number, media + (number - 1) * agents, agents)))
                        .toList(),
                agents);
        int last = plan.nodes().getLast().media() + agents - 1;
        if (lastMedia.isPresent() && last > lastMedia.getAsInt()) {
            throw new SupervisorException("Media needs the UDP ports up to " + last
                    + ", which is more than ICE_PORT_MAX, " + lastMedia.getAsInt() + ", allows");
        }
        return plan;
    }
}
