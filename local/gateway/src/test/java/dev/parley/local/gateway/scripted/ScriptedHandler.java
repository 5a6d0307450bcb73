package dev.parley.local.gateway.scripted;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Properties;
import java.util.function.Function;

/**
 * The packaged function of the gateway's tests. It lives in a class loader of its own, like every function, and does what the test left
 * for it under the name in its {@code SCRIPT} setting: in the system properties, for they are all that both sides see.
 */
public final class ScriptedHandler implements RequestStreamHandler {
    private final String script;

    public ScriptedHandler() throws IOException {
        var settings = new Properties();
        try (InputStream file =
                ScriptedHandler.class.getClassLoader().getResourceAsStream("parley-settings.properties")) {
            settings.load(file);
        }
        script = settings.getProperty("SCRIPT");
    }

    @Override
    @SuppressWarnings("unchecked")
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        var behaviour = (Function<byte[], byte[]>) System.getProperties().get(script);
        output.write(behaviour.apply(input.readAllBytes()));
    }
}
