package dev.parley.transport.srtp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * AES-GCM of ipsec-mb under one key: one call per packet, in place in direct buffers, no garbage.
 *
 * <p>Addresses are passed as numbers, which spares a liveness check per argument; therefore every region is checked
 * against its buffer here, and the key's memory outlives the call.
 */
final class IpsecMbAeadCipher implements AeadCipher {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    /** key, operation, out, in, length, nonce, aad, aad length, tag, tag length. */
    private static final MethodHandle CRYPT = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.ofVoid(WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD, WORD),
                    Linker.Option.critical(false));

    private static final MethodHandle EXPAND =
            Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(WORD, WORD));

    private final MemorySegment encrypt;
    private final MemorySegment decrypt;
    private final Cleaner.Cleanable memory;
    private long schedule;
    private Thread user;
    private IpsecMbScratch scratch;

    IpsecMbAeadCipher(IpsecMbLibrary.Gcm gcm, byte[] key, KeySlots.Slot slot) {
        this.encrypt = gcm.encrypt();
        this.decrypt = gcm.decrypt();
        this.schedule = slot.memory().address();
        // A session that ends before its keys reach the agent never closes them: then this does.
        this.memory = CLEANER.register(this, slot);
        expand(gcm.expand(), key);
    }

    private void expand(MemorySegment function, byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocateFrom(ValueLayout.JAVA_BYTE, key);
            EXPAND.invokeExact(function, raw.address(), schedule);
            raw.fill((byte) 0);
        } catch (Throwable e) {
            throw new SrtpException("ipsec-mb could not expand a key", e);
        }
    }

    @Override
    public boolean seal(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength) {
        Objects.checkFromIndexSize(textOffset, textLength, buffer.limit() - TAG_BYTES);
        if (schedule == 0) {
            return false;
        }
        IpsecMbScratch scratch = scratch();
        scratch.nonceAndAad(nonce, aad, aadLength);
        if (buffer.isDirect()) {
            long text = scratch.addressOf(buffer) + textOffset;
            crypt(encrypt, scratch, text, textLength, aadLength, text + textLength);
        } else {
            ByteBuffer copy = scratch.text(textLength + TAG_BYTES);
            copy.put(0, buffer, textOffset, textLength);
            long text = scratch.textAddress();
            crypt(encrypt, scratch, text, textLength, aadLength, text + textLength);
            buffer.put(textOffset, copy, 0, textLength + TAG_BYTES);
        }
        return true;
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadLength, ByteBuffer buffer, int textOffset, int textLength) {
        Objects.checkFromIndexSize(textOffset, textLength, buffer.limit() - TAG_BYTES);
        if (schedule == 0) {
            return false;
        }
        IpsecMbScratch scratch = scratch();
        scratch.nonceAndAad(nonce, aad, aadLength);
        long tag = scratch.address(IpsecMbScratch.TAG_AT);
        if (buffer.isDirect()) {
            crypt(decrypt, scratch, scratch.addressOf(buffer) + textOffset, textLength, aadLength, tag);
            if (!scratch.tagMatches(buffer, textOffset + textLength)) {
                // What was forged must not be mistaken for text.
                wipe(buffer, textOffset, textLength);
                return false;
            }
            return true;
        }
        ByteBuffer copy = scratch.text(textLength + TAG_BYTES);
        copy.put(0, buffer, textOffset, textLength);
        crypt(decrypt, scratch, scratch.textAddress(), textLength, aadLength, tag);
        if (!scratch.tagMatches(buffer, textOffset + textLength)) {
            wipe(copy, 0, textLength);
            return false;
        }
        buffer.put(textOffset, copy, 0, textLength);
        return true;
    }

    @Override
    public boolean sealBehind(
            long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength) {
        checkRegion(buffer, offset, aadLength, textLength);
        IpsecMbScratch scratch = scratch();
        if (!buffer.isDirect()) {
            scratch.bytes(nonceHead, nonceTail, buffer, offset, aadLength);
            return seal(scratch.nonce(), scratch.aad(), aadLength, buffer, offset + aadLength, textLength);
        }
        if (schedule == 0) {
            return false;
        }
        scratch.nonce(nonceHead, nonceTail);
        long aad = scratch.addressOf(buffer) + offset;
        long text = aad + aadLength;
        crypt(encrypt, scratch, text, textLength, aad, aadLength, text + textLength);
        return true;
    }

    @Override
    public boolean openBehind(
            long nonceHead, int nonceTail, ByteBuffer buffer, int offset, int aadLength, int textLength) {
        checkRegion(buffer, offset, aadLength, textLength);
        IpsecMbScratch scratch = scratch();
        if (!buffer.isDirect()) {
            scratch.bytes(nonceHead, nonceTail, buffer, offset, aadLength);
            return open(scratch.nonce(), scratch.aad(), aadLength, buffer, offset + aadLength, textLength);
        }
        if (schedule == 0) {
            return false;
        }
        scratch.nonce(nonceHead, nonceTail);
        long aad = scratch.addressOf(buffer) + offset;
        int textOffset = offset + aadLength;
        crypt(decrypt, scratch, aad + aadLength, textLength, aad, aadLength, scratch.address(IpsecMbScratch.TAG_AT));
        if (!scratch.tagMatches(buffer, textOffset + textLength)) {
            wipe(buffer, textOffset, textLength);
            return false;
        }
        return true;
    }

    /** Each length by itself: the sum of two wrong ones may look right. */
    private static void checkRegion(ByteBuffer buffer, int offset, int aadLength, int textLength) {
        int end = buffer.limit() - TAG_BYTES;
        Objects.checkFromIndexSize(offset, aadLength, end);
        Objects.checkFromIndexSize(offset + aadLength, textLength, end);
    }

    /** The calling thread's; looked up only when another thread called last. */
    private IpsecMbScratch scratch() {
        Thread caller = Thread.currentThread();
        if (caller != user) {
            user = caller;
            scratch = IpsecMbScratch.ofThread();
        }
        return scratch;
    }

    private void crypt(
            MemorySegment function, IpsecMbScratch scratch, long text, int textLength, int aadLength, long tag) {
        crypt(function, scratch, text, textLength, scratch.aadAddress(), aadLength, tag);
    }

    private void crypt(
            MemorySegment function,
            IpsecMbScratch scratch,
            long text,
            int textLength,
            long aad,
            int aadLength,
            long tag) {
        try {
            CRYPT.invokeExact(
                    function,
                    schedule,
                    scratch.address(IpsecMbScratch.OPERATION_AT),
                    text,
                    text,
                    (long) textLength,
                    scratch.address(IpsecMbScratch.NONCE_AT),
                    aad,
                    (long) aadLength,
                    tag,
                    (long) TAG_BYTES);
        } catch (Throwable e) {
            throw new SrtpException("ipsec-mb could not be called", e);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private static void wipe(ByteBuffer buffer, int at, int length) {
        for (int i = 0; i < length; i++) {
            buffer.put(at + i, (byte) 0);
        }
    }

    /** Wipes the key. Afterwards every packet is refused. */
    @Override
    public void close() {
        schedule = 0;
        memory.clean();
    }
}
