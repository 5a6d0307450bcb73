package dev.parley.identity.function;

import dev.parley.kernel.Settings;
import dev.parley.kernel.tokens.AccessClaims;
import dev.parley.kernel.tokens.TokenException;
import dev.parley.kernel.tokens.TokenVerifier;
import dev.parley.platform.lambda.Access;
import dev.parley.platform.lambda.EventRouter;
import dev.parley.platform.lambda.HttpResponse;
import dev.parley.platform.lambda.JsonLog;
import dev.parley.platform.lambda.LambdaFunction;
import dev.parley.platform.lambda.Routes;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;

/** Accounts behind API Gateway. */
@SpringBootConfiguration(proxyBeanMethods = false)
public final class IdentityFunction extends LambdaFunction {
    @Override
    protected EventRouter wire(Settings settings) {
        InstantSource clock = InstantSource.system();
        JsonLog log = JsonLog.standard("identity", clock);
        TokenVerifier<AccessClaims> v = (t, a) -> {
            throw new TokenException(TokenException.Reason.MALFORMED);
        };
        Routes routes = Routes.builder(v, clock, log)
                .route("GET /api/v1/health", Access.OPEN, r -> HttpResponse.ok(Map.of("status", "ok")))
                .build();
        return EventRouter.builder(log).rest(routes).build();
    }
}
