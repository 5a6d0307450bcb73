package dev.parley.transport.srtp;

/** How many expanded keys a provider holds outside the heap, for tests that look for leaks. */
public final class KeysInUse {
    private KeysInUse() {}

    /** Those of this provider; 0 where keys lie on the heap. */
    public static int of(SrtpCrypto crypto) {
        return crypto instanceof IpsecMbSrtpCrypto ipsecMb ? ipsecMb.keysInUse() : 0;
    }
}
