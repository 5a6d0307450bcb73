package dev.parley.platform.audit;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The port's in-memory twin. */
final class InMemoryHeads implements AuditHeads {
    private final TreeMap<Long, String> kept = new TreeMap<>();

    @Override
    public synchronized boolean keep(AuditHead head) {
        String before = kept.putIfAbsent(head.seq(), head.hash());
        return before == null || before.equals(head.hash());
    }

    @Override
    public synchronized List<AuditHead> between(long from, long to) {
        return kept.subMap(from, true, to, true).entrySet().stream()
                .map(head -> new AuditHead(head.getKey(), head.getValue()))
                .toList();
    }

    @Override
    public synchronized Optional<AuditHead> last() {
        return Optional.ofNullable(kept.lastEntry()).map(head -> new AuditHead(head.getKey(), head.getValue()));
    }
}
