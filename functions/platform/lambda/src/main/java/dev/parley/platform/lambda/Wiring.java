package dev.parley.platform.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Duration;
import java.util.Enumeration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.jar.Manifest;

/**
 * Wires the function on a thread of its own while Spring starts around it. Both mostly load classes, and neither needs the other before
 * the first event; a function that starts has two processors. Afterwards the thread does what the first event would
 * otherwise wait for. One for each class loader, thus for each function.
 */
final class Wiring {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String START_CLASS = "Start-Class";

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);

    private static volatile Wiring begun;

    private final FutureTask<EventRouter> task;
    private final Thread thread;

    private Wiring(FutureTask<EventRouter> task, ClassLoader loader) {
        this.task = task;
        thread = new Thread(this::run, "wiring");
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
    }

    /** Begins to wire the function that the jar's manifest names. */
    static Wiring begin(ClassLoader loader) {
        FutureTask<EventRouter> task = new FutureTask<>(() -> made(loader).wire(FunctionSettings.load(loader)));
        Wiring wiring = new Wiring(task, loader);
        wiring.thread.start();
        begun = wiring;
        return wiring;
    }

    /** The function that was begun; or, when none was, this one, which is wired now. */
    static Supplier<EventRouter> of(LambdaFunction function) {
        Wiring wiring = begun;
        if (wiring != null) {
            return wiring::router;
        }
        EventRouter router =
                function.wire(FunctionSettings.load(function.getClass().getClassLoader()));
        return () -> router;
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
            thread.join(LONGEST_WARM_UP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        task.run();
        // Whoever starts the function is told by the task itself that it failed.
        if (task.state() == Future.State.SUCCESS) {
            task.resultNow().warmUp();
        }
    }

    private static LambdaFunction made(ClassLoader loader) throws ReflectiveOperationException {
        return Class.forName(startClass(loader), true, loader)
                .asSubclass(LambdaFunction.class)
                .getDeclaredConstructor()
                .newInstance();
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
