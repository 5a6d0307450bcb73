package dev.parley.platform.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.crac.Core;
import org.crac.Resource;
import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/**
 * What AWS Lambda calls, in every function alike: {@code dev.parley.platform.lambda.Handler::handleRequest}. The jar's manifest names the
 * {@link LambdaFunction} in {@code Start-Class}; its bean is pinned, and takes the event as a stream, so that Spring Cloud Function
 * neither logs events nor follows a routing header in them.
 *
 * <p>Several handlers can live in one process, each in a class loader of its own; the context class loader is the handler's own while it
 * starts and while it serves. Before AWS Lambda takes a snapshot of it, it is given one event of its own, {@link EventRouter#PRIMING}, the
 * same way as all others. Thread-safe.
 */
public final class Handler implements RequestStreamHandler, Resource, AutoCloseable {
    private final ClassLoader loader = Handler.class.getClassLoader();
    private final Wiring wiring;
    private final FunctionInvoker invoker;

    /** Starts the function. @throws RuntimeException when it cannot start; the cause says which setting or store is at fault */
    public Handler() {
        // Boot would otherwise reconfigure java.util.logging of the whole process.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        QuietStart quiet = QuietStart.begin();
        try {
            wiring = Wiring.begin(loader);
            invoker = new FunctionInvoker(LambdaFunction.BEAN);
            wiring.router();
        } finally {
            quiet.end();
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
            invoker.handleRequest(event, reply, context == null ? UnknownContext.INSTANCE : context);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
