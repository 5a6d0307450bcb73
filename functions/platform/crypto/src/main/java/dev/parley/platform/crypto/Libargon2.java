package dev.parley.platform.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Argon2id by its reference implementation, libargon2, which the class path has for common machines (argon2-jvm). Its memory is its own, not
 * the heap's. Called by Java's Foreign Function API, for which the virtual machine wants {@code --enable-native-access}.
 */
final class Libargon2 implements Argon2id {
    private static final int OK = 0;
    private static final Cost LEAST = new Cost(8, 1, 1);
    private static final byte[] PROBE = "somesalt".getBytes(StandardCharsets.UTF_8);
    /** What the reference implementation makes of it as password and salt, with {@link #LEAST}. */
    private static final byte[] PROBES_TAG = HexFormat.of().parseHex("b137b9a90463d193a3761011b22d26af");

    private final MethodHandle hash;

    private Libargon2(MethodHandle hash) {
        this.hash = hash;
    }

    /**
     * Loads it.
     *
     * @throws IOException when there is none for this machine, or it cannot be unpacked
     * @throws RuntimeException when it cannot be loaded, or does not reckon as it should
     */
    static Libargon2 load() throws IOException {
        Path library = unpacked(resource());
        try {
            MemorySegment function = SymbolLookup.libraryLookup(library, Arena.global())
                    .find("argon2id_hash_raw")
                    .orElseThrow(() -> new IllegalStateException("libargon2 has no argon2id_hash_raw"));
            Libargon2 loaded = new Libargon2(Linker.nativeLinker()
                    .downcallHandle(
                            function,
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG,
                                    ADDRESS, JAVA_LONG)));
            if (!Arrays.equals(loaded.tag(PROBE, PROBE, LEAST, PROBES_TAG.length), PROBES_TAG)) {
                throw new IllegalStateException("libargon2 does not reckon as it should");
            }
            return loaded;
        } finally {
            // What is loaded stays so; where a file in use cannot go, it goes with the process.
            if (!library.toFile().delete()) {
                library.toFile().deleteOnExit();
            }
        }
    }

    @Override
    public byte[] tag(byte[] password, byte[] salt, Cost cost, int tagBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment secret = arena.allocateFrom(JAVA_BYTE, password);
            MemorySegment tag = arena.allocate(tagBytes);
            int code = (int) hash.invokeExact(
                    cost.passes(),
                    cost.memoryKib(),
                    cost.lanes(),
                    secret,
                    (long) password.length,
                    arena.allocateFrom(JAVA_BYTE, salt),
                    (long) salt.length,
                    tag,
                    (long) tagBytes);
            secret.fill((byte) 0);
            if (code != OK) {
                throw new IllegalStateException("libargon2 refused with " + code);
            }
            return tag.toArray(JAVA_BYTE);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("libargon2 cannot be called", e);
        }
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86-64";
        if (system.startsWith("mac")) {
            return "darwin-" + machine + "/libargon2.dylib";
        }
        return system.startsWith("windows") ? "win32-" + machine + "/argon2.dll" : "linux-" + machine + "/libargon2.so";
    }

    /** A file of its owner's alone. */
    private static Path unpacked(String resource) throws IOException {
        try (InputStream library = Libargon2.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw new FileNotFoundException("There is no libargon2 for this machine: " + resource);
            }
            Path file = Files.createTempFile("libargon2-", null);
            Files.write(file, library.readAllBytes());
            return file;
        }
    }
}
