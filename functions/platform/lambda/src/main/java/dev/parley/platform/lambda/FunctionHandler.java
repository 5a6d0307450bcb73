package dev.parley.platform.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.crac.Core;
import org.crac.Resource;

/**
 * The function behind the {@link Handler}: the {@link LambdaFunction} that the jar's manifest names in {@code Start-Class}, called through the
 * {@link Catalog}.
 *
 * <p>Several handlers can live in one process, each in a class loader of its own; the context class loader is the handler's own while it
 * starts and while it serves. Before AWS Lambda takes a snapshot of it, it is given one event of its own, {@link EventRouter#PRIMING}, the
 * same way as all others. Thread-safe.
 */
final class FunctionHandler implements RequestStreamHandler, Resource, Closeable {
    private final ClassLoader loader = FunctionHandler.class.getClassLoader();
    private final Wiring wiring;
    private final Catalog catalog;

    /** Starts the function. @throws RuntimeException when it cannot start; the cause says which setting or store is at fault */
    FunctionHandler() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            wiring = Wiring.begin(loader);
            // Spring's log is ours, and comes with the wiring: something else first.
            wiring.helpOnce();
            catalog = new Catalog(event -> wiring.router().handle(event));
            wiring.helpUntilWired();
            wiring.router();
        } finally {
            thread.setContextClassLoader(before);
        }
        Core.getGlobalContext().register(this);
    }

    /** What is loaded, compiled and connected now is so in every copy of the snapshot. */
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> snapshot) throws IOException {
        handleRequest(new ByteArrayInputStream(EventRouter.PRIMING), OutputStream.nullOutputStream(), null);
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> snapshot) {
        // What grows old meanwhile - keys, credentials, connections - is looked at by its age when it is used.
    }

    /** Lets what it began beside the events come to its end. A process that goes on may close the class loader only then. */
    @Override
    public void close() {
        wiring.awaitEnd();
    }

    /**
     * Serves one event.
     *
     * @param context may be null outside AWS Lambda
     */
    @Override
    public void handleRequest(InputStream event, OutputStream reply, Context context) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            reply.write(catalog.answer(event));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
