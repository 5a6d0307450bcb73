package dev.parley.local.gateway.function;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

/**
 * What a function's class loader sees besides its own jar: the JDK, and the interfaces of aws-lambda-java-core, which the gateway and the
 * handler must share. Everything else of the gateway is out of sight, as it is on Lambda.
 */
final class RuntimeClasses extends ClassLoader {
    private static final String CORE = "com.amazonaws.services.lambda.runtime.";

    static {
        registerAsParallelCapable();
    }

    RuntimeClasses() {
        super("lambda-runtime", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (isCore(name)) {
            return RequestStreamHandler.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private static boolean isCore(String name) {
        if (!name.startsWith(CORE)) {
            return false;
        }
        String rest = name.substring(CORE.length());
        return rest.indexOf('.') < 0 || rest.startsWith("logging.");
    }
}
