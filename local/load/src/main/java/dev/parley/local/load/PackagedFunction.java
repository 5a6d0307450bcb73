package dev.parley.local.load;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One packaged function, started as Lambda starts it: AWS's runtime interface client in the folder of what is deployed, the environment, nothing
 * else.
 */
public final class PackagedFunction implements AutoCloseable {
    private static final String HANDLER = "dev.parley.platform.lambda.Handler::handleRequest";
    private static final String NATIVE_CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONGEST_END = Duration.ofSeconds(60);

    private final RuntimeApi runtime = new RuntimeApi();
    private final Process process;
    private final long startedNanos;

    /** In which manner a function starts. The Java 25 runtime compiles for a quick start, except where it takes a snapshot. */
    public enum Manner {
        /** From nothing, as a new instance does. */
        PLAIN,
        /** From nothing in a container of one's own, where the class path can name the function's jar and a cache of it be used. */
        CONTAINER,
        /** As Lambda makes a snapshot: all that can be done before the first event is done, then it waits for {@link #restore}. */
        SNAPSHOT
    }

    /** Where a function's package is, unpacked as Lambda has it. @throws IllegalStateException when it is not built */
    public static Path folder(Path root, String function) {
        Path folder = root.resolve("functions/" + function + "/target/package");
        if (!Files.exists(folder.resolve("lib/" + function + ".jar"))) {
            throw new IllegalStateException(function + " is not packaged: local/verify build");
        }
        return folder;
    }

    /**
     * @param root the repository's folder
     * @param log takes what the function prints
     */
    public PackagedFunction(Path root, String function, Map<String, String> environment, Path log) throws IOException {
        this(root, function, environment, log, Manner.PLAIN, List.of());
    }

    /** @param options of the virtual machine, beside those that Lambda sets */
    public PackagedFunction(
            Path root, String function, Map<String, String> environment, Path log, Manner manner, List<String> options)
            throws IOException {
        Path folder = folder(root, function);
        String classes = runtimeClient();
        if (manner == Manner.CONTAINER) {
            classes += File.pathSeparator + folder.resolve("lib/" + function + ".jar");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"));
        if (manner != Manner.SNAPSHOT) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        nativeClient().ifPresent(library -> command.add("-D" + NATIVE_CLIENT + "=" + library));
        command.addAll(options);
        command.addAll(List.of("-cp", classes, "com.amazonaws.services.lambda.runtime.api.client.AWSLambda", HANDLER));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(environment);
        variables.put("AWS_LAMBDA_RUNTIME_API", runtime.address());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function);
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        variables.put("_HANDLER", HANDLER);
        variables.put("LAMBDA_TASK_ROOT", folder.toString());
        if (manner == Manner.SNAPSHOT) {
            variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        }
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        startedNanos = System.nanoTime();
        process = builder.start();
        process.onExit().thenAccept(ended -> runtime.ended(ended.exitValue(), log));
    }

    /** Its answer to one event. @throws IllegalStateException when it fails or does not answer within a minute */
    public byte[] invoke(byte[] event) {
        return runtime.invoke(event, PATIENCE);
    }

    /** Waits until a {@link Manner#SNAPSHOT} could be taken. @throws IllegalStateException when it does not come so far within a minute */
    public void awaitSnapshot() {
        runtime.awaitSnapshot(PATIENCE);
    }

    /** Goes on from the {@link Manner#SNAPSHOT}. */
    public void restore() {
        runtime.restore();
    }

    /** How long ago its process began. */
    public Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Processor time that its process has taken, all threads together. */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The client's own library, which the managed runtime has beside it; unpacked once, where there is one for this machine. */
    private static Optional<Path> nativeClient() {
        return NativeClient.LIBRARY;
    }

    private static final class NativeClient {
        static final Optional<Path> LIBRARY = unpacked();

        private static Optional<Path> unpacked() {
            String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
            try (InputStream library =
                    PackagedFunction.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + machine + ".so")) {
                if (library == null || !System.getProperty("os.name").equals("Linux")) {
                    return Optional.empty();
                }
                Path file = Files.createTempFile("aws-lambda-jni", ".so");
                file.toFile().deleteOnExit();
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                return Optional.of(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The runtime interface client's own jars, as the managed runtime has them beside the function. */
    private static String runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    String name = Path.of(entry).getFileName().toString();
                    return name.startsWith("aws-lambda-java-") || name.startsWith("utils-lite-");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Ends it in order; what a virtual machine writes at its end is written then. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }
}
