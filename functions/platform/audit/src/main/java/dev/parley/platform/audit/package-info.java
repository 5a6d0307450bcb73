/**
 * The audit log: every administrative and moderating act, in a chain. An entry holds the SHA-256 of the one before it and its own, over
 * one encoding ({@link dev.parley.platform.audit.EntryHash}), so that none can be changed, removed or moved without every later hash
 * telling. What a chain alone cannot tell - that its end was cut off, or that all of it was computed anew - the heads tell: each hash is
 * also kept in a store of its own ({@link dev.parley.platform.audit.AuditHeads}), which only takes new ones.
 *
 * <p>Worked example: entries 1, 2, 3 with heads h1, h2, h3. Entry 2 is edited: its hash is not h2 (altered). Entry 2 is removed: 3 follows
 * 1 (missing). Entry 3 is removed: the heads know a third (cut off). Entry 2 is edited and 2 and 3 are hashed anew: the chain holds in
 * itself, but the heads say h2 (rewritten). Source: Haber and Stornetta, "How to Time-Stamp a Digital Document" (1991).
 */
package dev.parley.platform.audit;
