package dev.parley.node.overload;

/**
 * What one look at the node saw. Shares are 0 to 1.
 *
 * @param busiestDuty share of time the busiest agent worked
 * @param meanDuty the same over all agents
 * @param packets the busiest agent's packets in and out, as a share of what an agent is trusted with; above 1 when it is more
 * @param cpu share of the processors this process used
 * @param steal share of processor time the hypervisor gave to others
 * @param throttled share of scheduling periods in which the container's quota stopped the process
 * @param longestCycleNanos longest recent duty cycle
 */
public record LoadSample(
        double busiestDuty,
        double meanDuty,
        double packets,
        double cpu,
        double steal,
        double throttled,
        long longestCycleNanos) {}
