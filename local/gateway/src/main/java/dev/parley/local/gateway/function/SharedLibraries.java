package dev.parley.local.gateway.function;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The large libraries that every function carries in its package, loaded once for all functions of this process: eight copies of AWS's SDK would be
 * read, checked and compiled eight times. Their versions are the same in every one, for the parent pom has each once. What this process has
 * of AWS's SDK itself is theirs too, so that they can call its DynamoDB directly. What of all this a function sees is decided by
 * {@link FunctionClasses}.
 */
final class SharedLibraries implements AutoCloseable {
    /** What has no state of its own that one function could see another through. */
    private static final List<String> PACKAGES = List.of(
            "software.amazon.awssdk.",
            "dev.parley.platform.dynamo.nearby.",
            "tools.jackson.",
            "com.fasterxml.jackson.",
            "com.nimbusds.",
            "org.bouncycastle.",
            "org.reactivestreams.");

    /** What is that of this process where it has it. */
    private static final List<String> OF_THIS_PROCESS =
            List.of("software.amazon.awssdk.", "dev.parley.platform.dynamo.nearby.", "org.reactivestreams.");

    private final URLClassLoader classes;

    private SharedLibraries(URLClassLoader classes) {
        this.classes = classes;
    }

    /** @param packages of all functions; one that is missing is its function's own complaint */
    static SharedLibraries of(Collection<Path> packages) {
        Set<Path> path = new LinkedHashSet<>();
        packages.forEach(code -> path.addAll(FunctionClasses.path(code)));
        return new SharedLibraries(
                new URLClassLoader("function-libraries", FunctionClasses.urls(path), new LocalClasses()));
    }

    /** Whether a class is one of those that are loaded once. */
    boolean has(String className) {
        return PACKAGES.stream().anyMatch(className::startsWith);
    }

    Class<?> load(String className) throws ClassNotFoundException {
        return classes.loadClass(className);
    }

    /** Those of this process, and no others but the runtime's. */
    private static final class LocalClasses extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        LocalClasses() {
            super("local-libraries", new RuntimeClasses());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (OF_THIS_PROCESS.stream().noneMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return SharedLibraries.class.getClassLoader().loadClass(name);
        }
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException e) {
            throw new FunctionException("The functions' libraries cannot be closed", e);
        }
    }
}
