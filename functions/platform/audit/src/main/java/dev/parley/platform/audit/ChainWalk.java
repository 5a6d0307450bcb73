package dev.parley.platform.audit;

import dev.parley.platform.audit.AuditVerdict.Fault;
import dev.parley.platform.audit.AuditVerdict.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Goes through a chain until something is wrong. */
final class ChainWalk {
    private final AuditHead anchored;
    private AuditHead last;
    private Fault fault;

    ChainWalk(AuditHead start, AuditHead anchored) {
        this.last = start;
        this.anchored = anchored;
    }

    /** The last entry found in order. */
    AuditHead last() {
        return last;
    }

    boolean isFaulty() {
        return fault != null;
    }

    /** @param kept the heads of these entries, as far as they were kept */
    void pass(List<AuditEntry> entries, List<AuditHead> kept) {
        Map<Long, String> hashes = kept.stream().collect(Collectors.toMap(AuditHead::seq, AuditHead::hash));
        for (AuditEntry entry : entries) {
            Optional<Kind> wrong = look(entry, Optional.ofNullable(hashes.get(entry.seq())));
            if (wrong.isPresent()) {
                fault = new Fault(last.seq() + 1, wrong.get());
                return;
            }
            last = entry.head();
        }
    }

    private Optional<Kind> look(AuditEntry entry, Optional<String> kept) {
        if (entry.seq() != last.seq() + 1) {
            return Optional.of(Kind.MISSING);
        }
        if (!entry.holds()) {
            return Optional.of(Kind.ALTERED);
        }
        if (!entry.previous().equals(last.hash())) {
            return Optional.of(Kind.UNLINKED);
        }
        return kept.filter(hash -> !hash.equals(entry.hash())).map(hash -> Kind.REWRITTEN);
    }

    /** There are no more entries. */
    AuditVerdict ended(long from) {
        if (fault == null && anchored.seq() > last.seq()) {
            fault = new Fault(last.seq() + 1, Kind.CUT_OFF);
        }
        return new AuditVerdict(from, last.seq(), true, Optional.ofNullable(fault), anchored);
    }

    /** Something is wrong, or enough was looked at. */
    AuditVerdict stopped(long from) {
        return new AuditVerdict(from, last.seq(), false, Optional.ofNullable(fault), anchored);
    }
}
