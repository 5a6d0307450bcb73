/**
 * What every function of the control plane shares: identifiers, errors, the reply envelope, who is calling, settings and the
 * ports of small stores. JDK only. Time comes from an injected {@link java.time.InstantSource}, chance from an injected
 * {@link java.util.random.RandomGenerator} or {@link java.security.SecureRandom}; nothing here reads either by itself.
 */
package dev.parley.kernel;
