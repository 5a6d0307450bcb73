package dev.parley.agent;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Keeps a folder in sync with what is pushed to its device. */
final class Agent implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final int FILES_AT_ONCE = 2;
    /** Tries of {@code --once} before the server counts as away. */
    private static final int TRIES = 4;
    /** More than this the server does not list at once. */
    private static final int LISTED = 100;

    private final Credential credential;
    private final Folder folder;
    private final AgentOptions options;
    private final Console console;
    private final RandomGenerator random;
    private final HttpClient http;
    private final Server server;
    private final Reports reports;
    private final ChunkPull pull;
    private final Semaphore connections;
    private final Semaphore files = new Semaphore(FILES_AT_ONCE, true);
    private final AtomicLong pulled = new AtomicLong();
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("agent-timer").factory());
    /** One delivery of a content at a time: the second finds what the first has brought. */
    private final Map<String, Object> contents = new ConcurrentHashMap<>();

    private final Map<String, Future<?>> active = new HashMap<>();
    private final Map<String, Notice> known = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    private final Map<String, Backoff> retries = new HashMap<>();
    private boolean once;
    private boolean swept;

    Agent(
            Credential credential,
            Folder folder,
            AgentOptions options,
            Console console,
            RandomGenerator random,
            InstantSource clock) {
        this.credential = credential;
        this.folder = folder;
        this.options = options;
        this.console = console;
        this.random = random;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.server = new Server(credential.server(), http, clock);
        this.reports = new Reports(server, credential, random, this::calledBack);
        this.pull = new ChunkPull(http, timer, options.silence(), pulled::addAndGet);
        this.connections = new Semaphore(options.parallel(), true);
    }

    /** Bytes that came from the store since the start. */
    long pulledBytes() {
        return pulled.get();
    }

    /** Fetches all that is pending and ends. @return the program's exit code */
    int runOnce() throws InterruptedException {
        once = true;
        var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), random);
        while (true) {
            try {
                int began = list();
                awaitDeliveries();
                if (began == 0) {
                    boolean told = reports.awaitSettled(LAST_WORDS);
                    if (!told) {
                        console.say("the server was not told of everything; the next run tells it again");
                    }
                    return told && failures() == 0 ? Exit.DONE : Exit.FAILED;
                }
                backoff.succeeded();
            } catch (IOException e) {
                endIfUnwelcome(e);
                if (backoff.failures() >= TRIES) {
                    throw new AgentException(Exit.UNREACHABLE, "the server does not answer: " + e.getMessage());
                }
                Thread.sleep(backoff.next(askedFor(e)));
            }
        }
    }

    /** Fetches what is pushed until the thread is interrupted. */
    void run() throws InterruptedException {
        var backoff = new Backoff(Duration.ofSeconds(1), LONGEST_WAIT, random);
        timer.scheduleWithFixedDelay(
                this::listAgain,
                options.listEvery().toMillis(),
                options.listEvery().toMillis(),
                TimeUnit.MILLISECONDS);
        while (true) {
            Duration askedFor = Duration.ZERO;
            try (Socket socket = Socket.open(http, server.ticket(credential), this::frame)) {
                list(); // after the socket is open: between the two nothing is missed
                if (backoff.failures() > 0) {
                    console.say("connected again");
                }
                backoff.succeeded();
                socket.awaitEnd(options.pingEvery());
            } catch (ExecutionException e) {
                listAgain(); // the socket only hastens
            } catch (IOException e) {
                endIfUnwelcome(e);
                if (backoff.failures() == 0) {
                    console.say("not connected: " + e.getMessage() + "; it is tried again");
                }
                askedFor = askedFor(e);
            }
            Thread.sleep(backoff.next(askedFor));
        }
    }

    private static Duration askedFor(IOException e) {
        return e instanceof RefusedException refused ? refused.retryAfter() : Duration.ZERO;
    }

    private static void endIfUnwelcome(IOException e) {
        if (e instanceof RefusedException refused && (refused.status() == 401 || refused.status() == 403)) {
            throw new AgentException(
                    Exit.CREDENTIAL, "the server does not take this device's credential: register it anew");
        }
    }

    private void listAgain() {
        try {
            list();
        } catch (IOException e) {
            // the next connection asks again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins what the server has for this device. @return how many were new */
    private int list() throws IOException, InterruptedException {
        List<Json> pending = server.pending(credential);
        List<String> wanted = new ArrayList<>();
        int began = 0;
        for (Json json : pending) {
            try {
                Notice notice = Notice.of(json);
                wanted.add(notice.sha256());
                began += take(notice) ? 1 : 0;
            } catch (IllegalArgumentException e) {
                console.say("not understood: " + e.getMessage());
            }
        }
        if (!swept && pending.size() < LISTED) {
            swept = true;
            folder.sweep(wanted);
        }
        return began;
    }

    private void frame(Json frame) {
        boolean ours = frame.texts("devices").contains(credential.deviceId());
        try {
            switch (frame.text("type")) {
                case "file-notice" -> {
                    if (ours) {
                        take(Notice.of(frame));
                    }
                }
                case "file-recalled" -> {
                    if (ours) {
                        calledBack(frame.text("push_id"));
                    }
                }
                default -> {}
            }
        } catch (IllegalArgumentException e) {
            console.say("not understood: " + e.getMessage());
        }
    }

    /** Begins a delivery, unless it is under way or over. @return whether it is new */
    private synchronized boolean take(Notice notice) {
        if (done.contains(notice.pushId())) {
            reports.done(notice);
            return false;
        }
        if (active.containsKey(notice.pushId()) || failed.contains(notice.pushId())) {
            return false;
        }
        known.put(notice.pushId(), notice);
        reports.notified(notice);
        active.put(notice.pushId(), deliveries.submit(() -> deliver(notice)));
        return true;
    }

    private void deliver(Notice notice) {
        Object content = contents.computeIfAbsent(notice.sha256(), hash -> new Object());
        try {
            files.acquire();
            try {
                synchronized (content) {
                    Path placed = new Delivery(notice, credential, server, folder, pull, connections, random, bytes -> {
                                console.progress(notice, bytes);
                                reports.downloading(notice, bytes);
                            })
                            .call();
                    console.say(placed.getFileName() + " is here, " + Console.size(notice.size()));
                }
            } finally {
                files.release();
            }
            ended(notice, done);
            reports.done(notice);
        } catch (FailedException e) {
            fail(notice, e.getMessage(), e.mayPass());
        } catch (RefusedException e) {
            fail(notice, "refused", e.mayPass());
        } catch (ClosedByInterruptException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            console.say(SafeName.of(notice.name()) + ": " + e);
            fail(notice, "device", true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            console.ended(notice);
        }
    }

    private synchronized void ended(Notice notice, Set<String> how) {
        active.remove(notice.pushId());
        how.add(notice.pushId());
        notifyAll();
    }

    private void fail(Notice notice, String reason, boolean mayPass) {
        console.say(SafeName.of(notice.name()) + " failed: " + reason);
        reports.failed(notice, reason);
        ended(notice, failed);
        if (mayPass && !once) {
            synchronized (this) {
                Backoff backoff = retries.computeIfAbsent(
                        notice.pushId(), id -> new Backoff(options.tryAgainAfter(), LONGEST_RETRY, random));
                timer.schedule(
                        () -> again(notice.again()), backoff.next(Duration.ZERO).toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized void again(Notice notice) {
        if (failed.remove(notice.pushId())) {
            take(notice);
        }
    }

    /** The push was called back: what has come of it is thrown away. */
    private synchronized void calledBack(String pushId) {
        Future<?> delivery = active.remove(pushId);
        failed.remove(pushId);
        Notice notice = known.remove(pushId);
        if (delivery == null || notice == null) {
            return;
        }
        done.add(pushId);
        delivery.cancel(true);
        console.say(SafeName.of(notice.name()) + " was called back");
        boolean wanted = active.keySet().stream()
                .map(known::get)
                .anyMatch(other -> other != null && other.sha256().equals(notice.sha256()));
        if (!wanted) {
            deliveries.submit(() -> forget(notice));
        }
        notifyAll();
    }

    private Void forget(Notice notice) throws IOException {
        synchronized (contents.computeIfAbsent(notice.sha256(), hash -> new Object())) {
            folder.forget(notice.sha256());
        }
        return null;
    }

    private synchronized void awaitDeliveries() throws InterruptedException {
        while (!active.isEmpty()) {
            wait();
        }
    }

    private synchronized int failures() {
        return failed.size();
    }

    /** Ends in order: what has come stays for the next start. */
    @Override
    public void close() {
        timer.shutdownNow();
        deliveries.shutdownNow();
        try {
            deliveries.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reports.close();
        http.shutdownNow();
    }
}
