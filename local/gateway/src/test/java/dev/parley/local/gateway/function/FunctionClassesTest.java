package dev.parley.local.gateway.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.gateway.scripted.ScriptedHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.Version;

/** A library that several functions carry is loaded once; what a function does not carry it does not see. */
class FunctionClassesTest {
    private static final String LIBRARY = Version.class.getName();
    private static final String OWN = ScriptedHandler.class.getName();

    @TempDir
    private Path folder;

    private Path jar(String name, Class<?>... classes) throws IOException {
        Path jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : classes) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream code = type.getClassLoader().getResourceAsStream(entry)) {
                    code.transferTo(out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }

    private static FunctionClasses of(Path code, SharedLibraries libraries) {
        return new FunctionClasses(code.getFileName().toString(), FunctionClasses.path(code), libraries);
    }

    @Test
    void aFolderHasItsClassesInTheJarsOfItsLib() throws Exception {
        Files.createDirectories(folder.resolve("package/lib"));
        jar("package/lib/function.jar", Version.class, ScriptedHandler.class);
        Files.writeString(folder.resolve("package/lib/notes.txt"), "no jar");
        Files.writeString(folder.resolve("package/beside"), "here");
        Path code = folder.resolve("package");

        assertThat(FunctionClasses.path(code)).containsExactly(code.resolve("lib/function.jar"), code);
        try (SharedLibraries libraries = SharedLibraries.of(List.of(code));
                FunctionClasses classes = of(code, libraries)) {
            assertThat(classes.loadClass(OWN).getClassLoader()).isSameAs(classes);
            assertThat(classes.loadClass(LIBRARY).getClassLoader()).isNotSameAs(classes);
            assertThat(classes.getResource("beside")).isNotNull();
        }
    }

    @Test
    void aLibraryThatTwoFunctionsCarryIsOne() throws Exception {
        Path first = jar("first.jar", Version.class, ScriptedHandler.class);
        Path second = jar("second.jar", Version.class, ScriptedHandler.class);
        try (SharedLibraries libraries = SharedLibraries.of(List.of(first, second));
                FunctionClasses one = of(first, libraries);
                FunctionClasses other = of(second, libraries)) {
            assertThat(one.loadClass(LIBRARY))
                    .isSameAs(other.loadClass(LIBRARY))
                    .isNotSameAs(Version.class);
            assertThat(one.loadClass(OWN)).isNotSameAs(other.loadClass(OWN));
        }
    }

    @Test
    void whatAFunctionDoesNotCarryItDoesNotSee() throws Exception {
        Path with = jar("with.jar", Version.class);
        Path without = jar("without.jar", ScriptedHandler.class);
        try (SharedLibraries libraries = SharedLibraries.of(List.of(with, without));
                FunctionClasses classes = of(without, libraries)) {
            assertThatThrownBy(() -> classes.loadClass(LIBRARY)).isInstanceOf(ClassNotFoundException.class);
        }
    }
}
