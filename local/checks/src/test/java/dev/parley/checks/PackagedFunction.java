package dev.parley.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One packaged function jar, started as Lambda starts it: AWS's runtime interface client, the jar, the environment, nothing else. */
final class PackagedFunction implements AutoCloseable {
    private static final String HANDLER = "dev.parley.platform.lambda.Handler::handleRequest";

    private final RuntimeApi runtime = new RuntimeApi();
    private final Process process;
    private final long startedNanos = System.nanoTime();

    PackagedFunction(Path jar, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                runtimeClient() + System.getProperty("path.separator") + jar,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                HANDLER));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(environment);
        variables.put("AWS_LAMBDA_RUNTIME_API", runtime.address());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", jar.getFileName().toString().replace(".jar", ""));
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        variables.put("_HANDLER", HANDLER);
        variables.put("LAMBDA_TASK_ROOT", jar.getParent().toString());
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        process = builder.start();
    }

    byte[] invoke(byte[] event) {
        return runtime.invoke(event, Duration.ofSeconds(60));
    }

    Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** The runtime interface client's own jars, as the managed runtime has them beside the function. */
    private static String runtimeClient() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("aws-lambda-java-"))
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        runtime.close();
    }
}
