package dev.parley.local.gateway.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** A function's classes: those of its package and nothing else, of which {@link SharedLibraries} has some ready. */
final class FunctionClasses extends URLClassLoader {
    private final SharedLibraries libraries;

    static {
        registerAsParallelCapable();
    }

    FunctionClasses(String name, List<Path> path, SharedLibraries libraries) {
        super(name, urls(path), new RuntimeClasses());
        this.libraries = libraries;
    }

    /** Where AWS's runtime for Java looks in what is deployed: a jar as it is, in a folder the jars of its {@code lib} and itself. */
    static List<Path> path(Path code) {
        if (!Files.isDirectory(code)) {
            return List.of(code);
        }
        List<Path> path = new ArrayList<>();
        Path lib = code.resolve("lib");
        if (Files.isDirectory(lib)) {
            try (Stream<Path> files = Files.list(lib)) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(path::add);
            } catch (IOException e) {
                throw new UncheckedIOException(lib + " cannot be read", e);
            }
        }
        path.add(code);
        return path;
    }

    static URL[] urls(Collection<Path> path) {
        return path.stream().map(FunctionClasses::url).toArray(URL[]::new);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry + " is no file", e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        boolean carried = libraries.has(name) && findResource(name.replace('.', '/') + ".class") != null;
        return carried ? libraries.load(name) : super.findClass(name);
    }
}
