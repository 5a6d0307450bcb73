package dev.parley.transport.srtp;

import java.security.Provider;

/** Finds the Amazon Corretto Crypto Provider. It is optional, so nothing here names its classes at compile time. */
final class CorrettoProvider {
    private static final String CLASS = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private CorrettoProvider() {}

    /**
     * The provider, not registered with the platform: SRTP alone uses it.
     *
     * @throws SrtpException when it is absent or its native library does not load
     */
    static Provider load() {
        try {
            Class<?> type = Class.forName(CLASS);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            Throwable error = (Throwable) type.getMethod("getLoadingError").invoke(provider);
            if (error != null) {
                throw new SrtpException("its native library does not load: " + error.getMessage(), error);
            }
            return provider;
        } catch (ClassNotFoundException e) {
            throw new SrtpException("AmazonCorrettoCryptoProvider is not on the class path", e);
        } catch (ReflectiveOperationException e) {
            throw new SrtpException("this version of AmazonCorrettoCryptoProvider is not known: " + e, e);
        }
    }
}
