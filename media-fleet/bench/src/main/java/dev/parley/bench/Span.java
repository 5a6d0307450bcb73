package dev.parley.bench;

/** What happened between two moments. */
record Span(Moment from, Moment to) {
    double seconds() {
        return (to.nanos() - from.nanos()) / 1e9;
    }

    /** A counter of the server's; NaN when it does not tell. */
    private double counted(String name) {
        if (from.numbers().isEmpty()
                || to.numbers().isEmpty()
                || to.numbers().get().find(name).isEmpty()) {
            return Double.NaN;
        }
        return to.numbers().get().since(from.numbers().get(), name);
    }

    private static double known(double value, double otherwise) {
        return Double.isNaN(value) ? otherwise : value;
    }

    /** Packets of media sent. */
    long sent() {
        return to.sent() - from.sent();
    }

    /** Packets of media received. */
    long got() {
        return to.got().media() - from.got().media();
    }

    /** Datagrams into the server; of one that does not tell, the media sent to it. */
    double in() {
        return known(counted("parley_udp_datagrams_in_total"), sent());
    }

    /** Datagrams out of the server; of one that does not tell, the media received from it. */
    double out() {
        return known(counted("parley_udp_datagrams_out_total"), got());
    }

    /** Kernel messages out of the server; NaN when it does not tell. */
    double messagesOut() {
        return counted("parley_udp_messages_out_total");
    }

    double dropped() {
        return counted("parley_udp_sends_dropped_total");
    }

    double userSeconds() {
        return to.cost().userSeconds() - from.cost().userSeconds();
    }

    double systemSeconds() {
        return to.cost().systemSeconds() - from.cost().systemSeconds();
    }

    /** The server's share of what the kernel did in nobody's time. */
    double softirqSeconds() {
        return (to.cost().softirqSeconds() - from.cost().softirqSeconds()) * out() / Math.max(1, in() + out());
    }

    double cpuSeconds() {
        return userSeconds() + systemSeconds() + softirqSeconds();
    }

    double coresUsed() {
        return cpuSeconds() / seconds();
    }

    double packetsPerCpuSecond() {
        return got() / cpuSeconds();
    }

    /** What the agents allocated for each packet, in or out, beyond what they do without. */
    double agentBytesPerPacket(double idleBytesPerSecond) {
        return (to.agentBytes() - from.agentBytes() - idleBytesPerSecond * seconds()) / (in() + out());
    }

    double processBytesPerPacket() {
        return (to.processBytes() - from.processBytes()) / (in() + out());
    }

    double generatorCores() {
        return (to.generatorNanos() - from.generatorNanos()) / 1e9 / seconds();
    }

    /**
     * The share of packets that did not come.
     *
     * @param receiversOfEach who must receive each packet sent; negative when sequence numbers tell
     */
    double lossRatio(long receiversOfEach) {
        double expected = receiversOfEach >= 0
                ? sent() * receiversOfEach
                : to.got().expected() - from.got().expected();
        return 1 - got() / expected;
    }
}
