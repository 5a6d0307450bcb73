package dev.parley.platform.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/**
 * What AWS Lambda calls, in every function alike: {@code dev.parley.platform.lambda.Handler::handleRequest}. Hands everything on to the
 * {@link FunctionHandler}, whose classes several threads can load at once. Thread-safe.
 */
public final class Handler implements RequestStreamHandler, Closeable {
    private static final String FUNCTION = "dev.parley.platform.lambda.FunctionHandler";

    private final RequestStreamHandler function;

    /** Starts the function. @throws RuntimeException when it cannot start; the cause says which setting or store is at fault */
    public Handler() {
        function = function(PackageClasses.over(Handler.class.getClassLoader()));
    }

    private static RequestStreamHandler function(ClassLoader classes) {
        try {
            Constructor<?> constructor = Class.forName(FUNCTION, true, classes).getDeclaredConstructor();
            constructor.setAccessible(true);
            return (RequestStreamHandler) constructor.newInstance();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("The function cannot be started", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The function cannot be started", e);
        }
    }

    /**
     * Serves one event.
     *
     * @param context may be null outside AWS Lambda
     */
    @Override
    public void handleRequest(InputStream event, OutputStream reply, Context context) throws IOException {
        function.handleRequest(event, reply, context);
    }

    /** Lets what it began beside the events come to its end. A process that goes on may close the class loader only then. */
    @Override
    public void close() throws IOException {
        ((Closeable) function).close();
    }
}
