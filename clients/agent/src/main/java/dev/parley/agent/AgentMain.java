package dev.parley.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The program {@code parley-agent}. */
public final class AgentMain {
    private static final Duration STOP = Duration.ofSeconds(8);

    private AgentMain() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0 && (arguments[0].equals("-h") || arguments[0].equals("--help"))) {
            System.out.print(AgentArguments.USAGE);
            return;
        }
        int code = Exit.DONE;
        try {
            AgentArguments parsed = AgentArguments.parse(arguments);
            switch (parsed.command()) {
                case "register" -> register(parsed, System.getenv());
                case "adopt" -> adopt(parsed, System.getenv());
                default -> code = run(parsed, System.getenv());
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(AgentArguments.USAGE);
            code = Exit.USAGE;
        } catch (AgentException e) {
            System.err.println(e.getMessage());
            code = e.exitCode();
        } catch (RefusedException e) {
            System.err.println(e.getMessage());
            code = Exit.CREDENTIAL;
        } catch (IOException e) {
            System.err.println(e.getMessage());
            code = Exit.UNREACHABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(code);
    }

    private static int run(AgentArguments arguments, Map<String, String> environment) {
        Path path = Path.of(arguments.required("--folder"));
        AgentOptions options = arguments.options();
        Credential credential = Credential.read(arguments.credential(environment));
        boolean once = arguments.flags().contains("--once");
        var console = new Console(
                System.out, System.console() != null && System.console().isTerminal());
        Thread working = Thread.currentThread();
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(working, ended, once)));
        try (Folder folder = Folder.open(path);
                Agent agent = new Agent(
                        credential, folder, options, console, RandomGenerator.getDefault(), InstantSource.system())) {
            console.say("keeps " + folder.root() + " as " + credential);
            if (once) {
                return agent.runOnce();
            }
            agent.run();
            return Exit.DONE;
        } catch (InterruptedException e) {
            console.say("stopped");
            return once ? Exit.FAILED : Exit.DONE;
        } finally {
            ended.countDown();
        }
    }

    /** On a signal the work ends in order, and that is no failure. Where it has ended already this does nothing. */
    private static void stop(Thread working, CountDownLatch ended, boolean once) {
        if (ended.getCount() == 0) {
            return;
        }
        working.interrupt();
        try {
            ended.await(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(once ? Exit.FAILED : Exit.DONE);
    }

    private static void register(AgentArguments arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        String user = arguments.required("--user");
        var server = new Server(arguments.server(), client(), InstantSource.system());
        String password = Optional.ofNullable(environment.get("PARLEY_PASSWORD"))
                .or(AgentMain::askedFor)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no terminal to ask for the password: set PARLEY_PASSWORD"));
        String accessToken = server.login(user, password);
        Credential credential = server.register(
                accessToken,
                arguments.text("--name").orElseGet(AgentMain::machineName),
                arguments.text("--kind").orElse("laptop"));
        keep(credential, arguments.credential(environment));
    }

    private static void adopt(AgentArguments arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String secret = Optional.ofNullable(in.readLine()).orElse("").strip();
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("the credential is missing: give it on standard input");
        }
        var credential = new Credential(arguments.server(), arguments.required("--device"), secret);
        new Server(credential.server(), client(), InstantSource.system()).signIn(credential);
        keep(credential, arguments.credential(environment));
    }

    private static void keep(Credential credential, Path file) throws IOException {
        credential.write(file);
        System.out.println("This device is " + credential + "; what it signs in with is in " + file);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static Optional<String> askedFor() {
        return System.console() == null
                ? Optional.empty()
                : Optional.ofNullable(System.console().readPassword("Password: "))
                        .map(String::new);
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "this machine";
        }
    }
}
