/**
 * How much the path to one receiver carries, estimated by the sender from transport-wide feedback
 * (draft-ietf-rmcat-gcc-02, draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * <p>Three things move {@link dev.parley.sfu.bwe.SendSideEstimate}. <em>Loss</em>: above 10 % the estimate falls by half the loss.
 * <em>Delay</em>: when packets take longer and longer ({@link dev.parley.sfu.bwe.DelayTrend}), a queue is growing; if it also stands
 * ({@link dev.parley.sfu.bwe.StandingQueue}), the estimate falls
 * to 85 % of what arrives. Otherwise it <em>grows</em>, by 8 % a second, or slowly near the rate at which the path was full before, but never beyond
 * one and a half times of what arrives: silence proves nothing. When more is wanted than the estimate allows, a
 * {@link dev.parley.sfu.bwe.ProbeCluster} of padding asks the path directly.
 *
 * <p>Example: the estimate is 2 Mb/s, three pictures of 1.5 Mb/s are wanted. A cluster of 60 ms goes out at 4 Mb/s and arrives at
 * 3.1 Mb/s: the estimate becomes 95 % of that, 2.95 Mb/s. Two pictures get their large layer, the third a smaller one.
 */
package dev.parley.sfu.bwe;
