package dev.parley.local.gateway.function;

import java.net.URL;
import java.net.URLClassLoader;

/** A function's classes: those of its jar and nothing else, of which {@link SharedLibraries} has some ready. */
final class FunctionClasses extends URLClassLoader {
    private final SharedLibraries libraries;

    static {
        registerAsParallelCapable();
    }

    FunctionClasses(String name, URL[] path, SharedLibraries libraries) {
        super(name, path, new RuntimeClasses());
        this.libraries = libraries;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        boolean carried = libraries.has(name) && findResource(name.replace('.', '/') + ".class") != null;
        return carried ? libraries.load(name) : super.findClass(name);
    }
}
