package dev.parley.transport.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Intel's multi-buffer library, loaded and proven.
 *
 * <p>The functions for this processor stand in its manager structure, whose layout changes with versions and has no
 * description at run time. So nothing found there is called before three things hold: the version is one whose layout is
 * written down here, the structure has the size of that version, and each pointer equals one of the functions that the
 * library exports under the name expected. Then {@link KnownAnswers} follow.
 *
 * @param version its own words
 * @param architecture the instruction set it chose
 * @param gcm128 functions for 16-byte keys
 * @param gcm256 functions for 32-byte keys
 */
record IpsecMbLibrary(String version, String architecture, Gcm gcm128, Gcm gcm256) {
    /** Bytes of one expanded key, {@code struct gcm_key_data}; it must be aligned to 64. */
    static final int KEY_SCHEDULE_BYTES = 1008;

    /** Bytes of {@code struct gcm_context_data}, the state of one operation. */
    static final int OPERATION_BYTES = 88;

    private static final String SO_NAME = "libIPSec_MB.so.1";
    private static final int VERSION_1_3_0 = 0x01_03_00;

    /** {@code IMB_MGR} and the queues behind it. */
    private static final int MANAGER_BYTES = 200_744;

    private static final int ARCHITECTURE_AT = 56;
    private static final int GCM_ENC_AT = 256;
    private static final int GCM_DEC_AT = 280;
    private static final int GCM_PRE_AT = 448;
    private static final int POINTER_128 = 0;
    private static final int POINTER_256 = 16;

    /** {@code IMB_ARCH}; below the third the library emulates the AES instructions, slowly. */
    private static final String[] ARCHITECTURES = {"none", "no AES-NI", "SSE", "AVX", "AVX2", "AVX512"};

    private static final int FIRST_WITH_AES = 2;
    private static final String[] VARIANTS = {"sse", "avx_gen2", "avx_gen4", "avx512", "vaes_avx512"};

    /**
     * The functions for one key length.
     *
     * @param expand {@code aes_gcm_pre_t}: from key to schedule
     * @param encrypt {@code aes_gcm_enc_dec_t}
     * @param decrypt {@code aes_gcm_enc_dec_t}; writes the tag it computed and compares nothing
     */
    record Gcm(MemorySegment expand, MemorySegment encrypt, MemorySegment decrypt) {}

    /**
     * Loads it.
     *
     * @throws SrtpException saying why it cannot be used
     */
    static IpsecMbLibrary load() {
        if (!System.getProperty("os.arch").equals("amd64")
                || !System.getProperty("os.name").equals("Linux")) {
            throw new SrtpException("is for Linux on x86-64 only");
        }
        SymbolLookup library;
        try {
            library = SymbolLookup.libraryLookup(SO_NAME, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new SrtpException(SO_NAME + " is not installed, or does not load (Debian: libipsec-mb1)", e);
        }
        try {
            return prove(library);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new SrtpException(SO_NAME + " does not answer", e);
        }
    }

    private static IpsecMbLibrary prove(SymbolLookup library) throws Throwable {
        int number = (int) function(library, "imb_get_version", FunctionDescriptor.of(ValueLayout.JAVA_INT))
                .invokeExact();
        MemorySegment words =
                (MemorySegment) function(library, "imb_get_version_str", FunctionDescriptor.of(ValueLayout.ADDRESS))
                        .invokeExact();
        String version = words.reinterpret(64).getString(0);
        if (number != VERSION_1_3_0) {
            throw new SrtpException("refused: version " + version + " (0x" + Integer.toHexString(number)
                    + ") has a layout not known here; 1.3.0 is");
        }
        long managerBytes =
                (long) function(library, "imb_get_mb_mgr_size", FunctionDescriptor.of(ValueLayout.JAVA_LONG))
                        .invokeExact();
        if (managerBytes != MANAGER_BYTES) {
            throw new SrtpException("refused: version " + version + " was built with a manager of " + managerBytes
                    + " bytes, not the " + MANAGER_BYTES + " that its layout has");
        }
        MemorySegment manager = (MemorySegment)
                function(library, "alloc_mb_mgr", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG))
                        .invokeExact(0L);
        if (manager.address() == 0) {
            throw new SrtpException("has no memory for its manager");
        }
        try {
            function(library, "init_mb_mgr_auto", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS))
                    .invokeExact(manager, MemorySegment.NULL);
            return read(library, version, manager.reinterpret(managerBytes));
        } finally {
            // The functions are plain code: they need the manager no longer.
            function(library, "free_mb_mgr", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS))
                    .invokeExact(manager);
        }
    }

    private static IpsecMbLibrary read(SymbolLookup library, String version, MemorySegment manager) {
        int architecture = manager.get(ValueLayout.JAVA_INT, ARCHITECTURE_AT);
        if (architecture < 0 || architecture >= ARCHITECTURES.length) {
            throw new SrtpException("refused: its manager names architecture " + architecture);
        }
        if (architecture < FIRST_WITH_AES) {
            throw new SrtpException("this processor has no AES instructions");
        }
        return new IpsecMbLibrary(
                version,
                ARCHITECTURES[architecture],
                gcm(library, manager, 128, POINTER_128),
                gcm(library, manager, 256, POINTER_256));
    }

    private static Gcm gcm(SymbolLookup library, MemorySegment manager, int keyBits, int pointerAt) {
        return new Gcm(
                pointer(library, manager, GCM_PRE_AT + pointerAt, "aes_gcm_pre_" + keyBits),
                pointer(library, manager, GCM_ENC_AT + pointerAt, "aes_gcm_enc_" + keyBits),
                pointer(library, manager, GCM_DEC_AT + pointerAt, "aes_gcm_dec_" + keyBits));
    }

    private static MemorySegment pointer(SymbolLookup library, MemorySegment manager, int at, String name) {
        long address = manager.get(ValueLayout.JAVA_LONG, at);
        for (String variant : VARIANTS) {
            MemorySegment exported = library.find(name + "_" + variant).orElse(MemorySegment.NULL);
            if (address != 0 && exported.address() == address) {
                return exported;
            }
        }
        throw new SrtpException("refused: its manager holds no " + name + " at " + at);
    }

    private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        MemorySegment symbol =
                library.find(name).orElseThrow(() -> new SrtpException("refused: " + SO_NAME + " exports no " + name));
        return Linker.nativeLinker().downcallHandle(symbol, descriptor);
    }
}
