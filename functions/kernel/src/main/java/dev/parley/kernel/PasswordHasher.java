package dev.parley.kernel;

/** Turns passwords into verifiers that may be stored, as PHC strings that carry their own parameters. */
public interface PasswordHasher {
    /** A new salted verifier for {@code password}. */
    String hash(String password);

    /** Whether {@code verifier} was made from {@code password}; false for a verifier that cannot be read. */
    boolean verify(String password, String verifier);

    /** Whether {@code verifier} was made with other parameters than today's and should be made again at the next login. */
    boolean needsRehash(String verifier);

    /** Takes as long as {@link #verify} and is always false, so that an unknown user costs what a wrong password costs. */
    boolean verifyNobody(String password);
}
