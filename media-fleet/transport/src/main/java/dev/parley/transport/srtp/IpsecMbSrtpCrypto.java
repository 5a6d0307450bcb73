package dev.parley.transport.srtp;

/** AES-GCM of Intel's ipsec-mb: no garbage, four times the packets of the platform. Counter mode stays the platform's. */
final class IpsecMbSrtpCrypto implements SrtpCrypto {
    private final IpsecMbLibrary library;
    private final KeySlots slots = new KeySlots(IpsecMbLibrary.KEY_SCHEDULE_BYTES);

    IpsecMbSrtpCrypto(IpsecMbLibrary library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "ipsec-mb " + library.version() + " (" + library.architecture() + ")";
    }

    @Override
    public AeadCipher aesGcm(byte[] key) {
        return switch (key.length) {
            case 16 -> new IpsecMbAeadCipher(library.gcm128(), key, slots.take());
            case 32 -> new IpsecMbAeadCipher(library.gcm256(), key, slots.take());
            default -> throw new SrtpException("AES-GCM here takes keys of 16 or 32 bytes, not " + key.length);
        };
    }

    @Override
    public CounterCipher aesCounterHmacSha1(byte[] key, byte[] authKey) {
        return new JceCounterCipher(key, authKey);
    }

    /** Key schedules in use now. */
    int keysInUse() {
        return slots.inUse();
    }
}
