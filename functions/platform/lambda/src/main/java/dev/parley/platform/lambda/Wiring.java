package dev.parley.platform.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.jar.Manifest;

/**
 * Wires the function on a thread of its own, while another, and whoever waits for it, load ahead what it will need. All of them mostly load
 * classes, and a function that starts has two processors. Afterwards the thread does what the first event would otherwise wait for. One for
 * each class loader, thus for each function.
 */
final class Wiring {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String START_CLASS = "Start-Class";

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);

    private final FutureTask<EventRouter> task;
    private final Queue<Runnable> ahead;
    private final List<Thread> threads;

    private Wiring(LambdaFunction function, ClassLoader loader) {
        task = new FutureTask<>(() -> function.wire(FunctionSettings.load(loader)));
        ahead = new ConcurrentLinkedQueue<>(function.ahead());
        threads = List.of(thread("wiring", this::run, loader), thread("ahead", this::loadAhead, loader));
    }

    private static Thread thread(String name, Runnable work, ClassLoader loader) {
        Thread thread = new Thread(work, name);
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to wire the function that the jar's manifest names. */
    static Wiring begin(ClassLoader loader) {
        Wiring wiring = new Wiring(made(loader), loader);
        wiring.threads.forEach(Thread::start);
        return wiring;
    }

    /** The wired function, as soon as it is. @throws RuntimeException what wiring threw */
    EventRouter router() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("The function cannot be wired", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the function was wired", e);
        }
    }

    /** Waits until it is done with what it does beside the first event, too; ten seconds at most. */
    void awaitEnd() {
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_WARM_UP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does the next of {@link LambdaFunction#ahead}. */
    void helpOnce() {
        loadNext();
    }

    /** Does what nobody has begun of {@link LambdaFunction#ahead}, until the function is wired. */
    void helpUntilWired() {
        boolean more = true;
        while (more && !task.isDone()) {
            more = loadNext();
        }
    }

    private void loadAhead() {
        boolean more = true;
        while (more) {
            more = loadNext();
        }
    }

    /** Whether there was one. */
    private boolean loadNext() {
        Runnable next = ahead.poll();
        if (next == null) {
            return false;
        }
        try {
            next.run();
        } catch (RuntimeException | LinkageError e) {
            // Whoever needs it will meet the same and fail; a start is only slower.
            JsonLog.standard("start", InstantSource.system())
                    .warn("not loaded ahead", Map.of("because", String.valueOf(e)));
        }
        return true;
    }

    private void run() {
        task.run();
        // Whoever starts the function is told by the task itself that it failed.
        if (task.state() == Future.State.SUCCESS) {
            task.resultNow().warmUp();
        }
    }

    private static LambdaFunction made(ClassLoader loader) {
        String name = startClass(loader);
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(LambdaFunction.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " cannot be made", e);
        }
    }

    private static String startClass(ClassLoader loader) {
        try {
            Enumeration<URL> manifests = loader.getResources(MANIFEST);
            while (manifests.hasMoreElements()) {
                try (InputStream text = manifests.nextElement().openStream()) {
                    String name = new Manifest(text).getMainAttributes().getValue(START_CLASS);
                    if (name != null) {
                        return name;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The manifests cannot be read", e);
        }
        throw new IllegalStateException("No manifest on the class path names a " + START_CLASS);
    }
}
