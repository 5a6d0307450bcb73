package dev.parley.node.overload;

/**
 * At which stress the node lets in less.
 *
 * @param enforced false: the number is told and nobody is refused for it
 * @param guardAt from here on no new rooms, 0 to 1
 * @param fullAt from here on nobody who is not in already, {@code guardAt} to 1
 * @param gap how far below its limit stress must fall before a state ends; wider than the noise of the number
 * @param agentPackets packets a second, in and out, one agent is trusted with
 */
public record OverloadLimits(boolean enforced, double guardAt, double fullAt, double gap, int agentPackets) {
    public OverloadLimits {
        if (!(gap > 0 && gap < guardAt && guardAt <= fullAt && fullAt <= 1)) {
            throw new IllegalArgumentException(
                    "limits must be 0 < gap < guardAt <= fullAt <= 1, not " + gap + ", " + guardAt + ", " + fullAt);
        }
    }
}
