package dev.parley.identity.function;

import dev.parley.contracts.admin.AccountChange;
import dev.parley.identity.Account;
import dev.parley.identity.AccountCare;
import dev.parley.identity.IdentityEvents;
import dev.parley.identity.Sessions;
import dev.parley.identity.dynamo.DynamoSessions;
import dev.parley.identity.postgres.PostgresAccountRegister;
import dev.parley.identity.postgres.PostgresAccounts;
import dev.parley.kernel.Actor;
import dev.parley.kernel.ApiException;
import dev.parley.kernel.EphemeralRevocations;
import dev.parley.kernel.Ids;
import dev.parley.kernel.Outbox;
import dev.parley.kernel.Role;
import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.TokenIssuer;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.DynamoAuditHeads;
import dev.parley.platform.dynamo.Dynamo;
import dev.parley.platform.dynamo.DynamoEphemeral;
import dev.parley.platform.dynamo.DynamoOutbox;
import dev.parley.platform.lambda.FunctionSettings;
import dev.parley.platform.postgres.Postgres;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Gives an account a role from the command line, which is how an installation gets its first administrator: whoever may reach the
 * database may do so, and nobody who can only reach the API. It is an entry of the audit log like any other, by {@code operator}. Reads
 * the settings of the identity function from the environment.
 */
public final class AdminCommand {
    private AdminCommand() {}

    /** {@code grant USERNAME [admin|moderator|user]}. Exit code 1 when it cannot be done, 2 for wrong arguments. */
    public static void main(String[] arguments) {
        if (arguments.length < 2 || arguments.length > 3 || !"grant".equals(arguments[0])) {
            System.err.println("grant USERNAME [admin|moderator|user]");
            System.exit(2);
        }
        try {
            Account account = grant(
                    FunctionSettings.load(AdminCommand.class.getClassLoader()),
                    InstantSource.system(),
                    arguments[1],
                    arguments.length == 3 ? arguments[2] : Role.ADMIN.wireName());
            System.out.println(account.username() + " is " + account.role().wireName() + " now, and signs in again.");
        } catch (ApiException e) {
            System.err.println(e.getMessage() + " (" + e.code() + ")");
            System.exit(1);
        }
    }

    /** @throws ApiException 404 {@code user.not_found}, 400, 409 {@code admin.last}, 503 */
    static Account grant(Settings settings, InstantSource clock, String username, String role) {
        try (Dynamo dynamo = Dynamo.of(settings);
                Postgres postgres = Postgres.of(settings, "identity", "audit")) {
            Ids ids = new Ids(new SecureRandom());
            AuditLog audit = new AuditLog(postgres, new DynamoAuditHeads(dynamo), System.err::println);
            PostgresAccounts accounts = new PostgresAccounts(postgres);
            Outbox outbox = new DynamoOutbox(dynamo);
            TokenIssuer<AccessClaims> nobodysIssuer = (audience, claims) -> {
                throw new IllegalStateException("A command signs nobody in");
            };
            AccountCare care = new AccountCare(
                    new PostgresAccountRegister(postgres, accounts, audit, clock),
                    new Sessions(
                            new DynamoSessions(dynamo, clock),
                            nobodysIssuer,
                            new IdentityEvents(outbox, ids, clock),
                            ids,
                            clock),
                    new EphemeralRevocations(new DynamoEphemeral(dynamo, clock), clock),
                    IdentityFunction.everybody(dynamo, outbox),
                    ids,
                    clock);
            String id = accounts.findByLogin(username).map(Account::id).orElse(username);
            return care.change(Actor.operator(ids.request()), id, new AccountChange(role, null));
        }
    }
}
