package dev.parley.platform.lambda;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * A deployed package's classes, loaded by as many threads as want some and read from its jars without detours. The loader of AWS's Java
 * runtime lets one thread in at a time, and asks others before itself for each of a start's three thousand classes.
 */
final class PackageClasses extends URLClassLoader {
    /** What is the runtime's, also where the package has it. */
    private static final List<String> OF_THE_RUNTIME =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "com.amazonaws.services.lambda.");

    static {
        registerAsParallelCapable();
    }

    private final List<Jar> jars;

    /** A jar, where it is, and what its classes may do. */
    private record Jar(JarFile file, Manifest manifest, URL url, ProtectionDomain domain) {}

    private PackageClasses(URL[] path, ClassLoader parent) {
        super("package", path, parent);
        jars = opened(path);
    }

    /** The same classes as the loader's own, by one that several threads can ask at once: itself, if it is such a one. */
    static ClassLoader over(ClassLoader loader) {
        if (loader.isRegisteredAsParallelCapable() || !(loader instanceof URLClassLoader own)) {
            return loader;
        }
        return new PackageClasses(own.getURLs(), own.getParent());
    }

    /** What cannot be opened as a jar, a folder above all, is left to the loader that this one extends. */
    private List<Jar> opened(URL[] path) {
        List<Jar> opened = new ArrayList<>();
        for (URL url : path) {
            File file = new File(url.getPath());
            if (!url.getProtocol().equals("file") || !file.isFile()) {
                continue;
            }
            try {
                JarFile jar = new JarFile(file, false, ZipFile.OPEN_READ, Runtime.version());
                CodeSource source = new CodeSource(url, (CodeSigner[]) null);
                opened.add(new Jar(jar, jar.getManifest(), url, new ProtectionDomain(source, null, this, null)));
            } catch (IOException e) {
                // Whoever looks for its classes does not find them.
            }
        }
        return List.copyOf(opened);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OF_THE_RUNTIME.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? found(name) : loaded;
        }
    }

    private Class<?> found(String name) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException e) {
            return getParent().loadClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = name.replace('.', '/').concat(".class");
        for (Jar jar : jars) {
            JarEntry entry = jar.file().getJarEntry(path);
            if (entry != null) {
                return defined(name, jar, entry);
            }
        }
        return super.findClass(name);
    }

    private Class<?> defined(String name, Jar jar, JarEntry entry) throws ClassNotFoundException {
        byte[] bytes = new byte[(int) entry.getSize()];
        try (InputStream stream = jar.file().getInputStream(entry)) {
            if (stream.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException(entry.getName());
            }
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        String packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        if (jar.manifest() != null && getDefinedPackage(packageName) == null) {
            try {
                definePackage(packageName, jar.manifest(), jar.url());
            } catch (IllegalArgumentException e) {
                // Another thread was faster.
            }
        }
        return defineClass(name, bytes, 0, bytes.length, jar.domain());
    }

    @Override
    public void close() throws IOException {
        for (Jar jar : jars) {
            jar.file().close();
        }
        super.close();
    }
}
