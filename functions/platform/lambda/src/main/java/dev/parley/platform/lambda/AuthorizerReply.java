package dev.parley.platform.lambda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An authorizer's answer: a policy for the one method that was asked for.
 *
 * @param allowed whether it may be called
 * @param principalId for whom
 * @param context what every later event of the socket carries; flat texts, 8 KB at most
 */
public record AuthorizerReply(boolean allowed, String principalId, Map<String, String> context) {
    public AuthorizerReply {
        Objects.requireNonNull(principalId);
        context = Map.copyOf(context);
    }

    public static AuthorizerReply allow(String principalId, Map<String, String> context) {
        return new AuthorizerReply(true, principalId, context);
    }

    public static AuthorizerReply deny() {
        return new AuthorizerReply(false, "nobody", Map.of());
    }

    Map<String, Object> toPolicy(String methodArn) {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("principalId", principalId);
        policy.put(
                "policyDocument",
                Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(Map.of(
                                "Action",
                                "execute-api:Invoke",
                                "Effect",
                                allowed ? "Allow" : "Deny",
                                "Resource",
                                methodArn))));
        policy.put("context", context);
        return policy;
    }
}
