package dev.parley.bench;

import java.util.Optional;

/**
 * What has been counted everywhere up to now.
 *
 * @param sent packets of media sent
 * @param late frames begun late
 * @param got what the audience received
 * @param numbers the server's own, where it tells them
 * @param agentBytes allocated by a node's agents so far, NaN when nobody tells
 * @param processBytes allocated by the whole Java process so far, NaN when nobody tells
 * @param generatorNanos CPU time of the load generator's own reading and sending threads
 */
record Moment(
        long nanos,
        long sent,
        long late,
        Crowd.Totals got,
        Optional<NodeNumbers> numbers,
        ProcessCost cost,
        double agentBytes,
        double processBytes,
        long generatorNanos) {
    static Moment of(Load load, Crowd crowd, Optional<NodeProbe> probe) {
        return new Moment(
                System.nanoTime(),
                load.pacer().sent(),
                load.pacer().late(),
                crowd.totals(load.audience()),
                crowd.server().numbers(),
                ProcessCost.of(crowd.server().pids()),
                probe.map(java -> (double) java.allocatedByAgents()).orElse(Double.NaN),
                probe.map(NodeProbe::allocatedByProcess).orElse(Double.NaN),
                load.pacer().cpuNanos() + crowd.wires().cpuNanos());
    }
}
