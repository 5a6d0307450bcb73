package dev.parley.peer;

import dev.parley.contracts.meetings.GuestPass;
import dev.parley.contracts.meetings.MeetingView;
import dev.parley.peer.media.DemoMedia;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings demo people into a meeting. Prints {@code DEMO_LINK <address>} on standard output as soon as the meeting can be
 * opened, everything else on standard error; runs until it is told to stop, then everybody leaves.
 */
public final class DemoMain {
    private static final int EXIT_USAGE = 2;
    private static final int API_PATIENCE_SECONDS = 60;
    private static final int LEAVING_SECONDS = 4;

    private final DemoArguments arguments;
    private final ParleyApi api;
    private final List<DemoPerson> people = new CopyOnWriteArrayList<>();

    private DemoMain(DemoArguments arguments) {
        this.arguments = arguments;
        this.api = new ParleyApi(arguments.url());
    }

    /** Starts the demo; see {@code --help}. */
    public static void main(String[] args) throws Exception {
        System.setProperty("java.awt.headless", "true");
        // ice4j and jitsi-srtp tell their start-up on java.util.logging.
        Logger.getLogger("").setLevel(Level.WARNING);
        if (args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"))) {
            System.out.print(DemoArguments.USAGE);
            return;
        }
        DemoArguments arguments;
        try {
            arguments = DemoArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(DemoArguments.USAGE);
            System.exit(EXIT_USAGE);
            return;
        }
        try {
            new DemoMain(arguments).run();
        } catch (IOException | IllegalStateException e) {
            say("the demo cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void say(String what) {
        System.err.println("demo: " + what);
    }

    private void run() throws IOException, InterruptedException {
        List<String> names = arguments.names();
        DemoHost host = new DemoHost(api, arguments.cache(), names.getFirst());
        String meetingId = arguments.meeting().orElse("");
        String link = arguments.url().resolve("/m/" + meetingId).toString();
        if (meetingId.isEmpty()) {
            MeetingView made = makeMeeting(host);
            meetingId = made.meetingId();
            link = made.link();
        }
        System.out.println("DEMO_LINK " + link);
        System.out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(this::leave, "demo-leave"));
        PeerOptions options = PeerOptions.defaults().withAddresses(localAddresses(arguments.url()));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            DemoMedia.Person media = DemoMedia.of(arguments.cache(), names, i, DemoMain::say);
            boolean hosts = i == 0 && arguments.meeting().isEmpty();
            DemoPerson.Tokens tokens = hosts ? host::token : guest(meetingId, media.name());
            DemoPerson person = new DemoPerson(api, meetingId, media, tokens, options, DemoMain::say);
            people.add(person);
            threads.add(Thread.ofPlatform().name("demo-" + person.name()).start(person));
        }
        tellFigures();
        for (Thread thread : threads) {
            thread.join();
        }
        say("nobody is left in the meeting");
        System.exit(0);
    }

    /** What everybody sends and receives, every so often, when it was asked for. */
    private void tellFigures() {
        if (arguments.statsSeconds() == 0) {
            return;
        }
        ScheduledExecutorService figures = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory());
        figures.scheduleAtFixedRate(
                () -> people.forEach(person -> say(person.figures())),
                arguments.statsSeconds(),
                arguments.statsSeconds(),
                TimeUnit.SECONDS);
    }

    private MeetingView makeMeeting(DemoHost host) throws IOException, InterruptedException {
        String token = awaitToken(host);
        MeetingView meeting = api.create(token, arguments.title());
        api.start(token, meeting.meetingId());
        return meeting;
    }

    /** The product may still be starting: a refused connection and a waking store are waited for. */
    private static String awaitToken(DemoHost host) throws IOException, InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int second = 0; ; second++) {
            try {
                return host.token();
            } catch (IOException e) {
                boolean passes = !(e instanceof ApiFailure failure) || failure.status() >= 500;
                if (!passes || second >= API_PATIENCE_SECONDS) {
                    throw e;
                }
                if (second == 0) {
                    say("waiting for the API: " + e.getMessage());
                }
                never.await(1, TimeUnit.SECONDS);
            }
        }
    }

    private DemoPerson.Tokens guest(String meetingId, String name) {
        AtomicReference<Optional<String>> key = new AtomicReference<>(Optional.empty());
        return () -> {
            GuestPass pass = api.guest(meetingId, name, key.get());
            key.set(Optional.ofNullable(pass.guestKey()));
            return pass.token();
        };
    }

    private void leave() {
        List<Thread> leaving = new ArrayList<>();
        for (DemoPerson person : people) {
            leaving.add(Thread.ofPlatform().daemon().start(person::leave));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAVING_SECONDS);
        try {
            for (Thread thread : leaving) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Loopback for a product on this machine, else every address that can reach out. */
    private static List<InetAddress> localAddresses(URI url) throws IOException {
        if (InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
            return List.of(InetAddress.getByName("127.0.0.1"));
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLinkLocalAddress() && !address.isLoopbackAddress())
                    .toList();
        } catch (SocketException e) {
            throw new IOException("cannot list network interfaces", e);
        }
    }
}
