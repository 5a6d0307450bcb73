package dev.parley.sfu.bwe;

/**
 * Tells from send and arrival times whether a queue is growing on the path (draft-ietf-rmcat-gcc-02 sections 4 and 5.3, with the slope of a line
 * through the last 20 accumulated delays in place of a Kalman filter).
 *
 * <p>Packets sent within 5 ms form a group. Between two groups the delay grows by (arrival distance - send distance); the slope of the smoothed sum,
 * scaled by how many groups were seen, is compared with a threshold that adapts so that other, greedier traffic does not starve us.
 *
 * <p>A slope alone also rises when a busy receiver does not get to run for a while. So a queue is only believed in while it stands
 * ({@link StandingQueue}).
 */
public final class DelayTrend {
    /** What the path does. */
    public enum Signal {
        /** Neither queue nor drain. */
        NORMAL,
        /** A queue grows. */
        OVERUSE,
        /** A queue drains. */
        UNDERUSE
    }

    private static final long GROUP_NANOS = 5_000_000L;
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4.0;
    private static final double THRESHOLD_START_MILLIS = 12.5;
    private static final double ADAPT_UP = 0.0087;
    private static final double ADAPT_DOWN = 0.039;
    private static final double OVERUSE_MILLIS = 10;

    private final StandingQueue queue = new StandingQueue();
    private final double[] arrivalMillis = new double[WINDOW];
    private final double[] delayMillis = new double[WINDOW];
    private int samples;

    private long groupFirstSentNanos;
    private long groupLastSentNanos;
    private long groupArrivalNanos;
    private long previousSentNanos;
    private long previousArrivalNanos;
    private int groups;
    private long firstArrivalNanos;

    private double accumulatedMillis;
    private double smoothedMillis;
    private double threshold = THRESHOLD_START_MILLIS;
    private double previousTrend;
    private double overusingMillis;
    private int overuses;
    private Signal signal = Signal.NORMAL;

    /** Notes a packet that arrived. Times of two clocks: only differences are used. Packets come in the order in which they were sent. */
    public void onPacket(long sentNanos, long arrivalNanos) {
        queue.onPacket(sentNanos, arrivalNanos);
        if (groups == 0) {
            firstArrivalNanos = arrivalNanos;
            startGroup(sentNanos, arrivalNanos);
            return;
        }
        if (sentNanos < groupFirstSentNanos) {
            return;
        }
        if (sentNanos - groupFirstSentNanos <= GROUP_NANOS) {
            groupLastSentNanos = Math.max(groupLastSentNanos, sentNanos);
            groupArrivalNanos = Math.max(groupArrivalNanos, arrivalNanos);
            return;
        }
        if (groups > 1) {
            double sent = (groupLastSentNanos - previousSentNanos) * 1e-6;
            double arrived = (groupArrivalNanos - previousArrivalNanos) * 1e-6;
            onGroup(sent, arrived, groupArrivalNanos);
        }
        previousSentNanos = groupLastSentNanos;
        previousArrivalNanos = groupArrivalNanos;
        startGroup(sentNanos, arrivalNanos);
    }

    private void startGroup(long sentNanos, long arrivalNanos) {
        groups++;
        groupFirstSentNanos = sentNanos;
        groupLastSentNanos = sentNanos;
        groupArrivalNanos = arrivalNanos;
    }

    private void onGroup(double sentMillis, double arrivedMillis, long arrivalNanos) {
        accumulatedMillis += arrivedMillis - sentMillis;
        smoothedMillis = SMOOTHING * smoothedMillis + (1 - SMOOTHING) * accumulatedMillis;
        int slot = samples % WINDOW;
        arrivalMillis[slot] = (arrivalNanos - firstArrivalNanos) * 1e-6;
        delayMillis[slot] = smoothedMillis;
        samples++;
        if (samples >= WINDOW) {
            judge(slope() * Math.min(samples, 60) * GAIN, sentMillis);
        }
    }

    private double slope() {
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < WINDOW; i++) {
            meanX += arrivalMillis[i] / WINDOW;
            meanY += delayMillis[i] / WINDOW;
        }
        double over = 0;
        double under = 0;
        for (int i = 0; i < WINDOW; i++) {
            double x = arrivalMillis[i] - meanX;
            over += x * (delayMillis[i] - meanY);
            under += x * x;
        }
        return under == 0 ? 0 : over / under;
    }

    private void judge(double trend, double sinceMillis) {
        if (trend > threshold) {
            overusingMillis += sinceMillis;
            overuses++;
            if (overusingMillis > OVERUSE_MILLIS && overuses > 1 && trend >= previousTrend) {
                overusingMillis = 0;
                overuses = 0;
                signal = Signal.OVERUSE;
            }
        } else {
            overusingMillis = 0;
            overuses = 0;
            signal = trend < -threshold ? Signal.UNDERUSE : Signal.NORMAL;
        }
        previousTrend = trend;
        adapt(trend, sinceMillis);
    }

    private void adapt(double trend, double sinceMillis) {
        double distance = Math.abs(trend);
        if (distance <= threshold + 15) {
            double gain = distance < threshold ? ADAPT_DOWN : ADAPT_UP;
            threshold += gain * (distance - threshold) * Math.min(sinceMillis, 100);
            threshold = Math.clamp(threshold, 6, 600);
        }
    }

    /** What the path does now. */
    public Signal signal() {
        return signal == Signal.OVERUSE && !queue.stands() ? Signal.NORMAL : signal;
    }
}
