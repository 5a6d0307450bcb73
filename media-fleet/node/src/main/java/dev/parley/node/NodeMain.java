package dev.parley.node;

import dev.parley.kernel.Settings;
import dev.parley.kernel.SettingsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts a media node: {@code NodeMain [settings.properties]}. Environment variables win over the file. */
public final class NodeMain {
    private static final int EXIT_BAD_SETTINGS = 2;
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_FENCED = 3;
    private static final int FENCED_SECONDS = 10;

    private NodeMain() {}

    /** Runs until a signal comes or another process takes this node's name. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 1 || arguments.length == 1 && arguments[0].startsWith("-")) {
            System.out.println("usage: NodeMain [settings.properties]   (the manual: node-sample.properties)");
            System.exit(arguments.length == 1 && arguments[0].equals("--help") ? 0 : EXIT_BAD_SETTINGS);
        }
        NodeProcess node;
        try {
            node = NodeProcess.start(settings(arguments), System.out::println);
        } catch (SettingsException e) {
            System.err.println("parley node: " + e.getMessage());
            System.exit(EXIT_BAD_SETTINGS);
            return;
        } catch (RuntimeException e) {
            System.err.println("parley node: could not start: " + e.getMessage());
            System.exit(EXIT_FAILED);
            return;
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            node.close();
            System.out.println("stopped     sessions are closed, a lease is given back");
            stopped.countDown();
        }));
        node.fencedFuture().join();
        // People have been sent away; what they do not leave by themselves ends with the process.
        stopped.await(FENCED_SECONDS, TimeUnit.SECONDS);
        System.err.println("parley node: another process has this node's name");
        System.exit(EXIT_FENCED);
    }

    /** The environment over the file, if one is named. */
    private static Settings settings(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        if (arguments.length == 1) {
            Path file = Path.of(arguments[0]);
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new SettingsException("The settings file " + file + " cannot be read: " + e.getMessage());
            }
            properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        }
        values.putAll(System.getenv());
        return Settings.of(values);
    }
}
