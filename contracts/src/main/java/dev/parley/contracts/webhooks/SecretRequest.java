package dev.parley.contracts.webhooks;

/** A new secret for a webhook: {@code whsec_} and 24 to 64 bytes in base64; one is made when it is absent. */
public record SecretRequest(String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "SecretRequest[]";
    }
}
