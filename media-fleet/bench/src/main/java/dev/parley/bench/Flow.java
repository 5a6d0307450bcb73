package dev.parley.bench;

import java.io.IOException;
import java.util.Optional;

/** Lets the media of a load flow, and looks at what it costs meanwhile. */
final class Flow {
    private static final long QUIET_MILLIS = 300;
    private static final long FLOW_MILLIS = 30_000;
    private static final long TURN_MILLIS = 500;
    private static final long WINDOW_MILLIS = 2_000;
    private static final long LONGEST_WARM_UP_MILLIS = 40_000;
    private static final int JOIN_WINDOW_SECONDS = 3;
    private static final int LONGEST_JOIN_WARM_UP_SECONDS = 60;
    private static final long PROGRESS_MILLIS = 10_000;
    private static final int FLOWING_PACKETS = 50;

    private final Load load;
    private final Crowd crowd;
    private final Optional<NodeProbe> probe;

    Flow(Load load, Crowd crowd, Optional<NodeProbe> probe) {
        this.load = load;
        this.crowd = crowd;
        this.probe = probe;
    }

    /** Waits until media reaches everybody. */
    void await() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + FLOW_MILLIS * 1_000_000;
        Crowd.Totals from = crowd.totals(load.audience());
        Crowd.Totals now = from;
        while (now.least() - from.least() < FLOWING_PACKETS) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("media does not reach everybody: the least got " + now.least() + " packets, all "
                        + now.media());
            }
            Thread.sleep(50);
            now = crowd.totals(load.audience());
        }
    }

    /** Lets it flow for this time. */
    void run(long millis) throws InterruptedException {
        for (long left = millis; left > 0; left -= TURN_MILLIS) {
            Thread.sleep(Math.min(TURN_MILLIS, left));
            load.turn();
        }
    }

    /** Warms the server up and says on stderr what was done. */
    void warmUp(int seconds) throws InterruptedException {
        if (seconds >= 0) {
            run(seconds * 1000L);
            return;
        }
        Settling settling = new Settling();
        StringBuilder costs = new StringBuilder();
        boolean settled = false;
        long millis = 0;
        while (!settled && millis < LONGEST_WARM_UP_MILLIS) {
            Moment from = Moment.cheap(load, crowd);
            run(WINDOW_MILLIS);
            millis += WINDOW_MILLIS;
            double nanos = 1e9 / new Span(from, Moment.cheap(load, crowd)).packetsPerCpuSecond();
            settled = settling.add(nanos);
            costs.append(Math.round(nanos)).append(' ');
        }
        System.err.printf(
                "warm-up: ns of CPU a packet %severy %d s: %s%n",
                costs, WINDOW_MILLIS / 1000, settled ? "settled" : "not settled yet");
    }

    /** Warms the server up for people who come and go, and says on stderr what a join took meanwhile. */
    void warmUpJoins(Churning churning, int perSecond, int seconds) throws InterruptedException {
        Settling settling = new Settling();
        StringBuilder costs = new StringBuilder();
        boolean settled = false;
        int longest = seconds >= 0 ? seconds : LONGEST_JOIN_WARM_UP_SECONDS;
        int done = 0;
        for (; done < longest && !settled; done += JOIN_WINDOW_SECONDS) {
            churning.begin();
            Moment from = Moment.cheap(load, crowd);
            churning.run(perSecond, JOIN_WINDOW_SECONDS);
            double millis = new Span(from, Moment.cheap(load, crowd)).cpuSeconds() * 1000 / churning.joins();
            settled = settling.add(millis) && seconds < 0;
            costs.append(String.format("%.1f ", millis));
        }
        System.err.printf(
                "warm-up: ms of CPU a join, with the packets of all, %severy %d s: %s%n",
                costs, JOIN_WINDOW_SECONDS, settled ? "settled" : "not settled yet");
    }

    /** Nothing is on its way any more: frames that have begun are ended, no other begins, and what was sent has come. */
    private void quieten() throws InterruptedException {
        load.pacer().pause(true);
        long deadline = System.nanoTime() + FLOW_MILLIS * 1_000_000;
        long before = -1;
        long got = crowd.totals(load.audience()).media();
        while (got != before && System.nanoTime() - deadline < 0) {
            Thread.sleep(QUIET_MILLIS);
            before = got;
            got = crowd.totals(load.audience()).media();
        }
    }

    /** A measured time begins; transit times are counted from here. */
    Moment begin() throws InterruptedException {
        quieten();
        Moment from = Moment.before(load, crowd, probe);
        crowd.clearTransit();
        load.pacer().pause(false);
        return from;
    }

    /** A measured time ends. */
    Span end(Moment from) throws InterruptedException {
        quieten();
        Span span = new Span(from, Moment.after(load, crowd, probe));
        load.pacer().pause(false);
        return span;
    }

    /** Measures this long, with a line of progress every ten seconds. */
    Span measure(int seconds) throws InterruptedException {
        Moment from = begin();
        Moment before = from;
        for (long left = seconds * 1000L; left > 0; left -= PROGRESS_MILLIS) {
            run(Math.min(PROGRESS_MILLIS, left));
            if (left > PROGRESS_MILLIS) {
                Moment now = Moment.cheap(load, crowd);
                progress(from, new Span(before, now));
                before = now;
            }
        }
        return end(from);
    }

    private static void progress(Moment from, Span last) {
        System.err.printf(
                "%4.0f s: %.0f packets/s in, %.0f out, %.2f cores, loss so far %.6f, transit p99 so far %.3f ms%n",
                (last.to().nanos() - from.nanos()) / 1e9,
                last.in() / last.seconds(),
                last.out() / last.seconds(),
                last.coresUsed(),
                new Span(from, last.to()).lossRatio(-1),
                last.to().got().transit().millis(0.99));
    }
}
