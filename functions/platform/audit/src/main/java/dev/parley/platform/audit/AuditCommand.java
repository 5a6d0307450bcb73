package dev.parley.platform.audit;

import dev.parley.kernel.ApiException;
import dev.parley.kernel.Settings;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.postgres.Postgres;
import java.io.PrintStream;

/** Verifies the audit log from the command line, over the stores that the environment's settings name. */
public final class AuditCommand {
    private static final int AT_ONCE = 100_000;

    private AuditCommand() {}

    /** {@code verify}. Exit code 0 when the chain holds, 1 when it does not, 2 for wrong arguments, 3 when it cannot be read. */
    public static void main(String[] arguments) {
        if (arguments.length != 1 || !"verify".equals(arguments[0])) {
            System.err.println("verify");
            System.exit(2);
        }
        try {
            System.exit(verify(Settings.of(System.getenv()), System.out));
        } catch (ApiException e) {
            System.err.println("The audit log cannot be read: " + e.getMessage() + " (" + e.code() + ")");
            System.exit(3);
        }
    }

    /** @return the exit code */
    static int verify(Settings settings, PrintStream out) {
        try (Dynamo dynamo = Dynamo.of(settings);
                Postgres postgres = Postgres.of(settings, "audit")) {
            AuditLog log = new AuditLog(postgres, new DynamoAuditHeads(dynamo), out::println);
            long from = 1;
            while (true) {
                AuditVerdict verdict = log.verify(from, AT_ONCE);
                if (!verdict.intact() || verdict.complete()) {
                    return tell(verdict, out);
                }
                from = verdict.until() + 1;
            }
        }
    }

    private static int tell(AuditVerdict verdict, PrintStream out) {
        if (verdict.fault().isPresent()) {
            AuditVerdict.Fault fault = verdict.fault().get();
            out.println("The audit log does not hold: entry " + fault.seq() + " is "
                    + fault.kind().wire().replace('_', ' ') + ". Entries 1 to " + verdict.until()
                    + " hold; heads are kept to " + verdict.anchored().seq() + ".");
            return 1;
        }
        out.println("The audit log holds: " + verdict.until() + " entries, heads are kept to "
                + verdict.anchored().seq() + ".");
        return 0;
    }
}
