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
    /** What was counted before a measured time: the server is asked first, so that telling does not count as its cost. */
    static Moment before(Load load, Crowd crowd, Optional<NodeProbe> probe) {
        Moment told = after(load, crowd, probe);
        Moment now = cheap(load, crowd);
        return new Moment(
                now.nanos,
                now.sent,
                now.late,
                now.got,
                told.numbers,
                now.cost,
                told.agentBytes,
                told.processBytes,
                now.generatorNanos);
    }

    /** What was counted at the end of a measured time: the cost is read before the server is asked for more. */
    static Moment after(Load load, Crowd crowd, Optional<NodeProbe> probe) {
        Moment now = cheap(load, crowd);
        double agents = probe.map(java -> (double) java.allocatedByAgents()).orElse(Double.NaN);
        double process = probe.map(NodeProbe::allocatedByProcess).orElse(Double.NaN);
        return new Moment(
                now.nanos,
                now.sent,
                now.late,
                now.got,
                crowd.server().numbers(),
                now.cost,
                agents,
                process,
                now.generatorNanos);
    }

    /** What can be counted without the server noticing. */
    static Moment cheap(Load load, Crowd crowd) {
        return new Moment(
                System.nanoTime(),
                load.pacer().sent(),
                load.pacer().late(),
                crowd.totals(load.audience()),
                Optional.empty(),
                ProcessCost.of(crowd.server().pids()),
                Double.NaN,
                Double.NaN,
                load.pacer().cpuNanos() + crowd.wires().cpuNanos());
    }
}
