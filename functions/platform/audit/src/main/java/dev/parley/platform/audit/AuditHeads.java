package dev.parley.platform.audit;

import java.util.List;
import java.util.Optional;

/** The heads a chain has had, in a store apart from it that takes each number once. */
public interface AuditHeads {
    /** Keeps a head. @return false when another hash is kept under its number already: the chain was changed */
    boolean keep(AuditHead head);

    /** The heads from one number to another, both included, in order; some may be missing. */
    List<AuditHead> between(long from, long to);

    /** The furthest. */
    Optional<AuditHead> last();
}
