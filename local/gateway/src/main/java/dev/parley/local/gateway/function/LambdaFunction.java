package dev.parley.local.gateway.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.parley.local.gateway.template.FunctionSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One packaged function, loaded and ready. Handlers are thread-safe by rule, so one instance serves every invocation. One with a reserved
 * concurrency is limited to it as on Lambda. Of one without Lambda runs a thousand at a time, each on processors of its own; here all share one
 * machine's, and if they all began at once they would all end late: {@value #AT_ONCE} run, and the others wait their turn.
 */
public final class LambdaFunction implements AutoCloseable {
    /** The resource in front of a function's class path that carries its settings. */
    public static final String SETTINGS = "parley-settings.properties";

    private static final Logger LOG = LoggerFactory.getLogger(LambdaFunction.class);
    private static final int AT_ONCE = 100;

    private final FunctionSpec spec;
    private final URLClassLoader classes;
    private final RequestStreamHandler handler;
    private final Semaphore permits;
    private final Duration startTime;
    private final LongAdder invocations = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    private LambdaFunction(
            FunctionSpec spec, URLClassLoader classes, RequestStreamHandler handler, Duration startTime) {
        this.spec = spec;
        this.classes = classes;
        this.handler = handler;
        this.permits = new Semaphore(spec.reservedConcurrency().orElse(AT_ONCE), true);
        this.startTime = startTime;
    }

    /**
     * Loads the package and instantiates its handler.
     *
     * @param settingsFolder made for this function; its settings are written there
     * @param runtimeVariables what Lambda's runtime adds to the template's variables: region, credentials
     * @param libraries of this package and others
     * @throws FunctionException when the jar, the class or its constructor fails
     */
    static LambdaFunction load(
            FunctionSpec spec, Path settingsFolder, Map<String, String> runtimeVariables, SharedLibraries libraries) {
        if (!Files.exists(spec.code())) {
            throw new FunctionException(spec.name() + " is not built: " + spec.code() + " is missing");
        }
        long began = System.nanoTime();
        try {
            writeSettings(settingsFolder, spec.environment(), runtimeVariables);
            List<Path> path = new ArrayList<>(List.of(settingsFolder));
            path.addAll(FunctionClasses.path(spec.code()));
            var classes = new FunctionClasses(spec.name(), path, libraries);
            RequestStreamHandler handler = handler(spec, classes);
            var started = Duration.ofNanos(System.nanoTime() - began);
            LOG.info("{} loaded in {} ms", spec.name(), started.toMillis());
            return new LambdaFunction(spec, classes, handler, started);
        } catch (IOException e) {
            throw new FunctionException(spec.name() + ": its settings cannot be written to " + settingsFolder, e);
        }
    }

    private static void writeSettings(Path folder, Map<String, String> environment, Map<String, String> runtime)
            throws IOException {
        var settings = new Properties();
        settings.putAll(runtime);
        settings.putAll(environment);
        Files.createDirectories(folder);
        Path file = folder.resolve(SETTINGS);
        Files.deleteIfExists(file);
        Files.createFile(file, ownerOnly(file));
        try (var writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            settings.store(writer, null);
        }
    }

    /** Among the settings are the stores' passwords. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static RequestStreamHandler handler(FunctionSpec spec, ClassLoader classes) {
        String className = spec.handler().replaceFirst("::.*", "");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            Class<?> type = Class.forName(className, true, classes);
            if (!RequestStreamHandler.class.isAssignableFrom(type)) {
                throw new FunctionException(
                        spec.name() + ": the local gateway runs RequestStreamHandler, which " + className + " is not");
            }
            return (RequestStreamHandler) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FunctionException(spec.name() + ": " + className + " cannot be started: " + cause, cause);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** How long loading and the constructor took. */
    public Duration startTime() {
        return startTime;
    }

    /** Events that were handed to the handler so far. */
    public long invocations() {
        return invocations.sum();
    }

    /** How long the handler was at work so far, all invocations together, as Lambda would bill it without rounding up. */
    public Duration busy() {
        return Duration.ofNanos(busyNanos.sum());
    }

    public FunctionSpec spec() {
        return spec;
    }

    /**
     * Calls the handler and waits for its result.
     *
     * @param event the event's JSON
     * @param limit the caller's own patience
     * @throws InvocationException when there is no result
     */
    public byte[] invoke(byte[] event, Duration limit) throws InvocationException {
        long asked = System.nanoTime();
        takeTurn(limit);
        invocations.increment();
        long began = System.nanoTime();
        var result = new CompletableFuture<byte[]>();
        String requestId = UUID.randomUUID().toString();
        Thread worker = Thread.ofVirtual().name(spec.name() + "-" + requestId).unstarted(() -> {
            try {
                var output = new ByteArrayOutputStream();
                long deadline = System.nanoTime() + spec.timeout().toNanos();
                handler.handleRequest(
                        new ByteArrayInputStream(event),
                        output,
                        new InvocationContext(spec, requestId, deadline, System::nanoTime));
                result.complete(output.toByteArray());
            } catch (Throwable e) { // a handler may throw anything; Lambda reports it all alike
                result.completeExceptionally(e);
            } finally {
                busyNanos.add(System.nanoTime() - began);
                permits.release();
            }
        });
        worker.setContextClassLoader(classes);
        worker.start();
        Duration left = limit.minusNanos(began - asked);
        boolean ownTimeout = spec.timeout().compareTo(left) <= 0;
        Duration patience = ownTimeout ? spec.timeout() : left;
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            worker.interrupt();
            LOG.warn("{} {} timed out after {} ms", spec.name(), requestId, patience.toMillis());
            if (ownTimeout) {
                throw new InvocationException.Failed(
                        spec.name() + " timed out after " + patience.toMillis() + " ms", e);
            }
            throw new InvocationException.TimedOut(spec.name(), patience.toMillis());
        } catch (ExecutionException e) {
            LOG.warn("{} {} failed", spec.name(), requestId, e.getCause());
            throw new InvocationException.Failed(spec.name() + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw new InvocationException.Failed(spec.name() + " was interrupted", e);
        }
    }

    private void takeTurn(Duration limit) throws InvocationException {
        if (spec.reservedConcurrency().isPresent()) {
            if (!permits.tryAcquire()) {
                throw new InvocationException.Throttled(spec.name());
            }
            return;
        }
        try {
            if (!permits.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InvocationException.TimedOut(spec.name(), limit.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvocationException.Failed(spec.name() + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            if (handler instanceof AutoCloseable closeable) {
                closeable.close();
            }
            classes.close();
        } catch (Exception e) {
            LOG.warn("{} did not close cleanly", spec.name(), e);
        }
    }
}
