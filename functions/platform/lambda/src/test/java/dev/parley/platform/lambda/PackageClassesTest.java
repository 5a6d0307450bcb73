package dev.parley.platform.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageClassesTest {
    @TempDir
    private Path folder;

    /** Like the loader of AWS's runtime: it lets in one thread at a time. */
    private static final class OneAtATime extends URLClassLoader {
        OneAtATime(URL[] path, ClassLoader parent) {
            super(path, parent);
        }
    }

    /** Carried by the package. */
    public static final class Carried {
        private Carried() {}
    }

    /** Carried as well. */
    public static final class CarriedToo {
        private CarriedToo() {}
    }

    private URL[] path(Class<?>... classes) throws IOException {
        Path jar = folder.resolve("function.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "7.1");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : classes) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("said.txt"));
            out.write("in the jar".getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("beside.txt"), "in the folder");
        return new URL[] {folder.toUri().toURL(), jar.toUri().toURL()};
    }

    @Test
    void aLoaderThatSeveralThreadsCanAskIsItself() throws IOException {
        ClassLoader own = getClass().getClassLoader();

        assertThat(PackageClasses.over(own)).isSameAs(own);
    }

    @Test
    void thePackagesClassesAreItsOwnAndTheRuntimesAreTheRuntimes() throws Exception {
        ClassLoader parent = getClass().getClassLoader();
        try (var runtimes = new OneAtATime(path(Carried.class, Context.class), parent);
                var classes = (PackageClasses) PackageClasses.over(runtimes)) {
            Class<?> carried = classes.loadClass(Carried.class.getName());

            assertThat(carried).isNotSameAs(Carried.class);
            assertThat(carried.getClassLoader()).isSameAs(classes);
            assertThat(carried).isSameAs(classes.loadClass(Carried.class.getName()));
            assertThat(carried.getPackage().getImplementationVersion()).isEqualTo("7.1");
            assertThat(carried.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .endsWith("function.jar");
            assertThat(classes.loadClass(Context.class.getName())).isSameAs(Context.class);
            // What the package has not got may still be the runtime's.
            assertThat(classes.loadClass(CarriedToo.class.getName())).isSameAs(CarriedToo.class);
            assertThatThrownBy(() -> classes.loadClass("dev.parley.Nothing"))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    @Test
    void whatLiesInTheJarAndBesideItIsFoundOnce() throws Exception {
        ClassLoader parent = ClassLoader.getPlatformClassLoader();
        try (var runtimes = new OneAtATime(path(Carried.class), parent);
                var classes = (PackageClasses) PackageClasses.over(runtimes)) {
            assertThat(Collections.list(classes.getResources("said.txt"))).hasSize(1);
            try (InputStream beside = classes.getResourceAsStream("beside.txt")) {
                assertThat(new String(beside.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("in the folder");
            }
        }
    }

    @Test
    void aThreadLoadsWhileAnotherHoldsTheLoader() throws Exception {
        try (var runtimes = new OneAtATime(
                        path(Carried.class, CarriedToo.class), getClass().getClassLoader());
                var classes = (PackageClasses) PackageClasses.over(runtimes)) {
            CountDownLatch loaded = new CountDownLatch(1);
            Thread other = Thread.ofPlatform().unstarted(() -> {
                try {
                    classes.loadClass(CarriedToo.class.getName());
                    loaded.countDown();
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            });
            synchronized (classes) {
                synchronized (runtimes) {
                    other.start();
                    assertThat(loaded.await(60, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }
}
