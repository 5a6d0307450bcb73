package dev.parley.local.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import tools.jackson.databind.JsonNode;

/**
 * {@code local/bench api}: exit code 0 when the seats of a meeting are exact under a storm of joins, every socket of the room is told in time, and
 * no request fails; 3 when not, 2 for wrong arguments.
 */
public final class ApiBench {
    private static final int SET_UP_AT_ONCE = 8;
    private static final int SOCKET_ATTEMPTS = 3;
    private static final double PUSH_TARGET_MS = 500;
    private static final long LONGEST_PUSH_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String PASSWORD = "Correct-Horse-7";

    private final ApiArguments arguments;
    private final ApiClient api;
    private final List<String> tokens = new ArrayList<>();
    private final Report report;

    private ApiBench(ApiArguments arguments, ApiClient api) {
        this.arguments = arguments;
        this.api = api;
        this.report = new Report("api", arguments.json());
    }

    /** Runs it. @param given see {@link ApiArguments#USAGE} */
    public static void main(String[] given) {
        Bench.main(given, ApiArguments.USAGE, ApiArguments::parse, ApiBench::measured);
    }

    private static boolean measured(ApiArguments arguments) throws Exception {
        try (ControlProcess control = ControlProcess.start(arguments.root())) {
            ApiBench bench = new ApiBench(arguments, new ApiClient(control.url()));
            try {
                return bench.run(control);
            } catch (Exception e) {
                System.err.println(control.lastLines());
                throw e;
            }
        }
    }

    private boolean run(ControlProcess control) throws Exception {
        progress("making " + arguments.people() + " accounts");
        makeAccounts();
        String meeting = meeting();
        progress("joining " + (arguments.people() + arguments.extra()) + " people");
        double cpu = control.cpuSeconds();
        int joins = storm(meeting);
        cpuOf("join", control.cpuSeconds() - cpu, joins);
        progress("opening " + arguments.people() + " sockets");
        cpu = control.cpuSeconds();
        List<ApiSocket> sockets = open(meeting);
        cpuOf("socket", control.cpuSeconds() - cpu, sockets.size());
        progress("telling the room " + arguments.messages() + " things");
        cpu = control.cpuSeconds();
        tell(meeting, sockets);
        cpuOf("push", control.cpuSeconds() - cpu, arguments.messages() * sockets.size());
        progress("asking each kind of request " + arguments.requestsPerSecond() + " times a second");
        Asked warm = new Asked();
        ask(meeting, Arrival.rising(arguments.requestsPerSecond(), arguments.warmUpSeconds()), warm);
        Asked asked = new Asked();
        cpu = control.cpuSeconds();
        long from = System.nanoTime();
        ask(meeting, Arrival.steady(arguments.requestsPerSecond(), arguments.seconds()), asked);
        cpu = control.cpuSeconds() - cpu;
        asked.took.forEach((name, samples) -> report("p99_ms " + name, samples.millis(0.99), "ms", null));
        report("requests", asked.count(), "requests", null);
        report("errors", warm.errors() + asked.errors(), "requests", 0.0);
        cpuOf("request", cpu, asked.count());
        report("cores_used", cpu / seconds(from), "cores", null);
        control.ofSockets().forEach(ApiBench::progress);
        report("sockets_closed", sockets.stream().filter(ApiSocket::closed).count(), "sockets", 0.0);
        sockets.forEach(ApiSocket::close);
        return report.held();
    }

    /** Processor time of the control plane, which other work on the machine moves less than it moves the clock. */
    private void cpuOf(String what, double cpuSeconds, int count) {
        report("cpu_ms_per_" + what, 1_000 * cpuSeconds / Math.max(1, count), "ms", null);
    }

    private void makeAccounts() throws Exception {
        List<Callable<String>> each = new ArrayList<>();
        for (int i = 0; i < arguments.people(); i++) {
            String name = "bench_" + i;
            each.add(() -> {
                api.mustInTurn(
                        "POST",
                        "/register",
                        null,
                        "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"%s\"}"
                                .formatted(name, name, PASSWORD));
                return api.mustInTurn(
                                "POST",
                                "/login",
                                null,
                                "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD))
                        .path("token")
                        .asString();
            });
        }
        long from = System.nanoTime();
        tokens.addAll(all(each, SET_UP_AT_ONCE));
        report("accounts_per_second", arguments.people() / seconds(from), "1/s", null);
    }

    private String meeting() throws Exception {
        String host = tokens.getFirst();
        String id = api.must(
                        "POST",
                        "/meetings",
                        host,
                        "{\"title\":\"Bench\",\"max_participants\":" + arguments.people() + "}")
                .path("meeting_id")
                .asString();
        api.must("POST", "/meetings/" + id + "/start", host, null);
        return id;
    }

    /** Everybody with an account and a tenth more without; there are as many seats as accounts. @return how many asked at once */
    private int storm(String meeting) throws Exception {
        List<Callable<String>> passes = new ArrayList<>();
        for (int i = 0; i < arguments.extra(); i++) {
            String name = "Guest " + i;
            passes.add(() -> api.must(
                            "POST", "/meetings/" + meeting + "/guests", null, "{\"display_name\":\"" + name + "\"}")
                    .path("token")
                    .asString());
        }
        // The host is in first, so that there is one; the others in any order.
        api.must("POST", "/meetings/" + meeting + "/join", tokens.getFirst(), "{}");
        List<String> others = new ArrayList<>(tokens.subList(1, tokens.size()));
        others.addAll(all(passes, SET_UP_AT_ONCE));
        Collections.shuffle(others, new Random(1));
        Samples took = new Samples();
        AtomicInteger in = new AtomicInteger(1);
        AtomicInteger full = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        long from = System.nanoTime();
        when(Arrival.each(others.size(), arguments.joinsPerSecond()), (i, due) -> {
            ApiClient.Reply reply = api.call("POST", "/meetings/" + meeting + "/join", others.get(i), "{}");
            took.add(System.nanoTime() - due);
            if (reply.ok()) {
                in.incrementAndGet();
            } else if (reply.error().equals("meeting.full")) {
                full.incrementAndGet();
            } else if (failed.incrementAndGet() <= 3) {
                progress("a join was answered " + reply.status() + " " + reply.body());
            }
        });
        report("joins_per_second", others.size() / seconds(from), "1/s", null);
        report("join_p50_ms", took.millis(0.5), "ms", null);
        report("join_p99_ms", took.millis(0.99), "ms", null);
        report("joined", in.get(), "people", (double) arguments.people());
        report("refused_as_full", full.get(), "people", (double) arguments.extra());
        report("join_errors", failed.get(), "requests", 0.0);
        JsonNode people = api.must("GET", "/meetings/" + meeting + "/participants", tokens.getFirst(), null);
        long seated = people.valueStream()
                .filter(person -> person.path("state").asString().equals("joined"))
                .count();
        report("seated", seated, "people", (double) arguments.people());
        return others.size();
    }

    /** A socket for each account that has a seat; one that cannot be opened is an error, and is tried again as a client would. */
    private List<ApiSocket> open(String meeting) throws Exception {
        AtomicInteger failed = new AtomicInteger();
        List<Callable<ApiSocket>> each = new ArrayList<>();
        for (String token : tokens) {
            each.add(() -> {
                ApiClient.Reply seat = api.call("POST", "/meetings/" + meeting + "/join", token, "{}");
                return seat.ok() ? open(token, meeting, failed) : null;
            });
        }
        long from = System.nanoTime();
        List<ApiSocket> sockets = new ArrayList<>(all(each, SET_UP_AT_ONCE));
        sockets.removeIf(Objects::isNull);
        report("sockets_opened_per_second", sockets.size() / seconds(from), "1/s", null);
        report("sockets", sockets.size(), "sockets", null);
        report("socket_errors", failed.get(), "sockets", 0.0);
        return sockets;
    }

    private ApiSocket open(String token, String meeting, AtomicInteger failed) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return ApiSocket.open(api, token, meeting);
            } catch (IllegalStateException | ExecutionException e) {
                if (failed.incrementAndGet() <= 3) {
                    progress("a socket was not opened: " + e.getMessage());
                }
                if (attempt == SOCKET_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void tell(String meeting, List<ApiSocket> sockets) throws Exception {
        Samples took = new Samples();
        long lost = 0;
        for (int i = 0; i < arguments.messages(); i++) {
            String name = "told-" + i;
            long from = System.nanoTime();
            api.must(
                    "POST",
                    "/conversations/m_" + meeting + "/messages",
                    tokens.getFirst(),
                    "{\"client_msg_id\":\"" + name + "\",\"text\":\"Number " + i + "\"}");
            for (ApiSocket socket : sockets) {
                while (socket.heard(name) == null && System.nanoTime() - from < LONGEST_PUSH_NANOS) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
                Long heard = socket.heard(name);
                if (heard == null) {
                    lost++;
                } else {
                    took.add(heard - from);
                }
            }
        }
        report("room_push_p50_ms", took.millis(0.5), "ms", null);
        report("room_push_p99_ms", took.millis(0.99), "ms", PUSH_TARGET_MS);
        report("room_pushes_lost", lost, "pushes", 0.0);
    }

    private interface Kind {
        ApiClient.Reply ask(String token, int number) throws Exception;
    }

    private Map<String, Kind> kinds(String meeting) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put("GET /health", (token, i) -> api.call("GET", "/health", null, null));
        kinds.put("GET /profile", (token, i) -> api.call("GET", "/profile", token, null));
        kinds.put(
                "PUT /profile", (token, i) -> api.call("PUT", "/profile", token, "{\"nickname\":\"Bench " + i + "\"}"));
        kinds.put("GET /sessions", (token, i) -> api.call("GET", "/sessions", token, null));
        kinds.put("GET /users/lookup", (token, i) -> api.call("GET", "/users/lookup?username=bench_1", token, null));
        kinds.put(
                "POST /meetings",
                (token, i) -> api.call(
                        "POST",
                        "/meetings",
                        token,
                        "{\"title\":\"Later " + i + "\",\"start_time\":\"2031-01-01T10:00:00Z\"}"));
        kinds.put("GET /meetings", (token, i) -> api.call("GET", "/meetings", token, null));
        kinds.put("GET /meetings/:id", (token, i) -> api.call("GET", "/meetings/" + meeting, token, null));
        kinds.put(
                "POST /meetings/:id/join",
                (token, i) -> api.call("POST", "/meetings/" + meeting + "/join", tokens.getFirst(), "{}"));
        kinds.put("POST /ws-tickets", (token, i) -> api.call("POST", "/ws-tickets", token, null));
        kinds.put("GET /conversations", (token, i) -> api.call("GET", "/conversations", token, null));
        kinds.put(
                "GET /conversations/:id/messages",
                (token, i) -> api.call("GET", "/conversations/m_" + meeting + "/messages", tokens.getFirst(), null));
        kinds.put("GET /sync", (token, i) -> api.call("GET", "/sync", token, null));
        kinds.put("GET /search", (token, i) -> api.call("GET", "/search?q=number", token, null));
        return kinds;
    }

    /** What became of requests, by their kind. */
    private static final class Asked {
        private final Map<String, Samples> took = Collections.synchronizedMap(new LinkedHashMap<>());
        private final Map<String, AtomicInteger> failed = new ConcurrentHashMap<>();

        private int count() {
            return took.values().stream().mapToInt(Samples::count).sum();
        }

        private int errors() {
            return failed.values().stream().mapToInt(AtomicInteger::get).sum();
        }
    }

    /** When each of some requests is due: how many, and the nanoseconds after the first at which a number's turn is. */
    private record Arrival(int count, IntToLongFunction dueNanos) {
        private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

        static Arrival each(int count, int perSecond) {
            return new Arrival(count, i -> (long) (i * SECOND_NANOS / perSecond));
        }

        static Arrival steady(int perSecond, int seconds) {
            return each(perSecond * seconds, perSecond);
        }

        /** From none to that many a second, as a day begins. */
        static Arrival rising(int perSecond, int seconds) {
            int count = perSecond * seconds / 2;
            return new Arrival(count, i -> (long) (seconds * SECOND_NANOS * Math.sqrt((double) i / count)));
        }
    }

    /** Each kind, all at once; what a request takes counts from when it was due. */
    private void ask(String meeting, Arrival arrival, Asked asked) throws Exception {
        List<Callable<Void>> running = new ArrayList<>();
        kinds(meeting).forEach((name, kind) -> {
            Samples took = new Samples();
            asked.took.put(name, took);
            running.add(() -> {
                when(arrival, (i, due) -> {
                    String token = tokens.get(ThreadLocalRandom.current().nextInt(tokens.size()));
                    ApiClient.Reply reply = kind.ask(token, i);
                    took.add(System.nanoTime() - due);
                    if (!reply.ok()
                            && asked.failed
                                            .computeIfAbsent(name, key -> new AtomicInteger())
                                            .incrementAndGet()
                                    == 1) {
                        progress(name + " was answered " + reply.status() + " " + reply.body());
                    }
                });
                return null;
            });
        });
        all(running, running.size());
    }

    private interface Timed {
        /** @param due when it was to begin, {@link System#nanoTime} */
        void at(int number, long due) throws Exception;
    }

    /** Begins each when it is due, whether or not others are over. */
    private static void when(Arrival arrival, Timed work) throws Exception {
        long from = System.nanoTime();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < arrival.count(); i++) {
                long due = from + arrival.dueNanos().applyAsLong(i);
                while (System.nanoTime() < due) {
                    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                }
                int number = i;
                running.add(each.submit(() -> {
                    work.at(number, due);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                got(one);
            }
        }
    }

    private static <T> List<T> all(List<Callable<T>> work, int atOnce) throws Exception {
        Semaphore slots = new Semaphore(atOnce);
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> one : work) {
                running.add(each.submit(() -> {
                    slots.acquire();
                    try {
                        return one.call();
                    } finally {
                        slots.release();
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(got(one));
            }
            return results;
        }
    }

    private static <T> T got(Future<T> one) throws Exception {
        try {
            return one.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static double seconds(long from) {
        return (System.nanoTime() - from) / 1e9;
    }

    private static void progress(String what) {
        System.err.println(what);
    }

    private void report(String metric, double value, String unit, Double target) {
        report.line("people=" + arguments.people(), metric, value, unit, target);
    }
}
