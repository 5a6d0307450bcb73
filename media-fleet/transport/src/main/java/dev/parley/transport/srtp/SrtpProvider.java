package dev.parley.transport.srtp;

import java.util.Optional;

/** Where the ciphers of SRTP can come from, fastest first. */
public enum SrtpProvider {
    /** Intel's ipsec-mb, called in place through the foreign function interface. */
    IPSEC_MB("ipsec-mb"),
    /** The Amazon Corretto Crypto Provider: AWS-LC behind the Java interfaces. */
    ACCP("accp"),
    /** What the Java platform brings. */
    JCE("jce");

    private final String setting;

    SrtpProvider(String setting) {
        this.setting = setting;
    }

    /** Its name in settings. */
    public String setting() {
        return setting;
    }

    /** The provider of this name in settings, if there is one. */
    public static Optional<SrtpProvider> ofSetting(String text) {
        for (SrtpProvider provider : values()) {
            if (provider.setting.equals(text)) {
                return Optional.of(provider);
            }
        }
        return Optional.empty();
    }

    /** Loads it and lets it answer known questions. It is looked for once per process. */
    public SrtpProbe probe() {
        return switch (this) {
            case IPSEC_MB -> IpsecMbProbe.RESULT;
            case ACCP -> AccpProbe.RESULT;
            case JCE -> JceProbe.RESULT;
        };
    }

    private static final class IpsecMbProbe {
        static final SrtpProbe RESULT = SrtpProbe.of(IPSEC_MB, () -> new IpsecMbSrtpCrypto(IpsecMbLibrary.load()));
    }

    private static final class AccpProbe {
        static final SrtpProbe RESULT =
                SrtpProbe.of(ACCP, () -> new JceSrtpCrypto("Amazon Corretto Crypto Provider", CorrettoProvider.load()));
    }

    private static final class JceProbe {
        static final SrtpProbe RESULT = SrtpProbe.of(JCE, JceSrtpCrypto::new);
    }
}
