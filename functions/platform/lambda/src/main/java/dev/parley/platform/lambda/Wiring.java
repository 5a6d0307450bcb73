package dev.parley.platform.lambda;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Wires the function on a thread of its own while Spring starts around it. Both mostly load classes, and neither needs the other before
 * the function is handed over; a function that starts has two processors. Afterwards the thread does what the first event would
 * otherwise wait for. One for each class loader, thus for each function.
 */
final class Wiring {
    private static FutureTask<EventRouter> begun;

    private Wiring() {}

    /** Begins to wire a function of this class, if it is one of ours. */
    static synchronized void begin(Class<?> type, ClassLoader loader) {
        if (begun != null || !LambdaFunction.class.isAssignableFrom(type)) {
            return;
        }
        FutureTask<EventRouter> task = new FutureTask<>(() -> made(type).wire(FunctionSettings.load(loader)));
        begun = task;
        Thread thread = new Thread(
                () -> {
                    task.run();
                    warmUp(task);
                },
                "wiring");
        thread.setContextClassLoader(loader);
        thread.setDaemon(true);
        thread.start();
    }

    /** The function that was begun, wired; or one that is wired now, when none was begun. @throws RuntimeException what wiring threw */
    static EventRouter of(LambdaFunction function) {
        FutureTask<EventRouter> task = taken();
        if (task == null) {
            return function.wire(FunctionSettings.load(function.getClass().getClassLoader()));
        }
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

    private static synchronized FutureTask<EventRouter> taken() {
        FutureTask<EventRouter> task = begun;
        begun = null;
        return task;
    }

    private static LambdaFunction made(Class<?> type) throws ReflectiveOperationException {
        return (LambdaFunction) type.getDeclaredConstructor().newInstance();
    }

    private static void warmUp(FutureTask<EventRouter> task) {
        // Whoever starts the function is told by the task itself that it failed.
        if (task.state() == Future.State.SUCCESS) {
            task.resultNow().warmUp();
        }
    }
}
