package dev.parley.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tells the server how far each delivery is: the newest state of each, never more often than once in two seconds while it loads, the last one until the server has it. One
 * thread sends; whoever reports does not wait.
 */
final class Reports implements AutoCloseable {
    private static final Duration RATE = Duration.ofSeconds(2);

    private final Server server;
    private final Credential credential;
    private final RandomGenerator random;
    /** Is told of a push that the server does not want any more. */
    private final Consumer<String> calledBack;

    private final Map<String, Report> waiting = new LinkedHashMap<>();
    private final Map<String, Long> sentAt = new HashMap<>();
    private final Thread sender;
    private boolean sending;

    private record Report(Map<String, Object> state, boolean last) {}

    Reports(Server server, Credential credential, RandomGenerator random, Consumer<String> calledBack) {
        this.server = server;
        this.credential = credential;
        this.random = random;
        this.calledBack = calledBack;
        this.sender = Thread.ofVirtual().name("reports").start(this::send);
    }

    void notified(Notice notice) {
        report(notice, state("notified", notice, 0), false);
    }

    void downloading(Notice notice, long bytes) {
        report(notice, state("downloading", notice, bytes), false);
    }

    void done(Notice notice) {
        Map<String, Object> state = state("done", notice, notice.size());
        state.put("sha256", notice.sha256());
        report(notice, state, true);
    }

    void failed(Notice notice, String reason) {
        Map<String, Object> state = state("failed", notice, 0);
        state.put("reason", reason);
        report(notice, state, true);
    }

    private static Map<String, Object> state(String name, Notice notice, long bytes) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", name);
        state.put("bytes", bytes);
        state.put("attempt", notice.attempt());
        return state;
    }

    private synchronized void report(Notice notice, Map<String, Object> state, boolean last) {
        waiting.put(notice.pushId(), new Report(state, last));
        notifyAll();
    }

    /** Whether the server has every last state. */
    synchronized boolean areSettled() {
        return !sending && waiting.values().stream().noneMatch(Report::last);
    }

    /** Waits until the server has every last state. @return whether it had them in time */
    synchronized boolean awaitSettled(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        while (!areSettled()) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private void send() {
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), random);
        try {
            while (true) {
                Map.Entry<String, Report> next = next();
                Duration wait = Duration.ZERO;
                try {
                    server.report(credential, next.getKey(), next.getValue().state());
                    backoff.succeeded();
                } catch (RefusedException e) {
                    if (e.mayPass()) {
                        wait = backoff.next(e.retryAfter());
                    } else if (e.status() == 410 || e.status() == 404) {
                        calledBack.accept(next.getKey());
                    }
                } catch (IOException e) {
                    wait = backoff.next(Duration.ZERO);
                }
                settle(next, !wait.isZero());
                Thread.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Map.Entry<String, Report> next() throws InterruptedException {
        while (true) {
            long soonest = Long.MAX_VALUE;
            for (Map.Entry<String, Report> entry : waiting.entrySet()) {
                long due = dueInMillis(entry);
                if (due <= 0) {
                    sending = true;
                    sentAt.put(entry.getKey(), System.nanoTime());
                    waiting.remove(entry.getKey());
                    return Map.entry(entry.getKey(), entry.getValue());
                }
                soonest = Math.min(soonest, due);
            }
            wait(soonest == Long.MAX_VALUE ? 0 : soonest);
        }
    }

    private long dueInMillis(Map.Entry<String, Report> entry) {
        Long before = sentAt.get(entry.getKey());
        return before == null || entry.getValue().last()
                ? 0
                : RATE.toMillis() - (System.nanoTime() - before) / 1_000_000;
    }

    private synchronized void settle(Map.Entry<String, Report> sent, boolean again) {
        sending = false;
        if (again) {
            waiting.putIfAbsent(sent.getKey(), sent.getValue());
        } else if (sent.getValue().last()) {
            sentAt.remove(sent.getKey());
        }
        notifyAll();
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
