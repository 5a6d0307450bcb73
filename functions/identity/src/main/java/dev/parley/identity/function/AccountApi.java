package dev.parley.identity.function;

import dev.parley.contracts.identity.PasswordChange;
import dev.parley.contracts.identity.ProfileUpdate;
import dev.parley.contracts.identity.RegisterRequest;
import dev.parley.identity.Accounts;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;

/** Accounts over REST. */
final class AccountApi {
    private final Accounts accounts;

    AccountApi(Accounts accounts) {
        this.accounts = accounts;
    }

    HttpResponse register(HttpRequest request) {
        RegisterRequest body = request.body(RegisterRequest.class);
        return HttpResponse.ok(accounts.register(body, request.sourceIp()).profile());
    }

    HttpResponse readProfile(HttpRequest request) {
        return HttpResponse.ok(accounts.read(request.principal()).profile());
    }

    HttpResponse updateProfile(HttpRequest request) {
        ProfileUpdate body = request.body(ProfileUpdate.class);
        return HttpResponse.ok(accounts.update(request.principal(), body).profile());
    }

    HttpResponse changePassword(HttpRequest request) {
        accounts.changePassword(request.principal(), request.body(PasswordChange.class));
        return HttpResponse.done();
    }
}
