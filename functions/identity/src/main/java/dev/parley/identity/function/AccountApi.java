package dev.parley.identity.function;

import dev.parley.contracts.identity.AccountDeletion;
import dev.parley.contracts.identity.ForgottenPassword;
import dev.parley.contracts.identity.PasswordChange;
import dev.parley.contracts.identity.PasswordReset;
import dev.parley.contracts.identity.ProfileUpdate;
import dev.parley.contracts.identity.RegisterRequest;
import dev.parley.identity.Accounts;
import dev.parley.identity.Deletions;
import dev.parley.identity.PasswordResets;
import dev.parley.platform.lambda.HttpRequest;
import dev.parley.platform.lambda.HttpResponse;
import java.util.Locale;

/** Accounts over REST. */
final class AccountApi {
    /** Bytes of a picture that somebody sends. */
    static final int LARGEST_PICTURE = 2 * 1024 * 1024;

    private final Accounts accounts;
    private final PasswordResets resets;
    private final Deletions deletions;
    private final RefreshCookie cookie;

    AccountApi(Accounts accounts, PasswordResets resets, Deletions deletions, RefreshCookie cookie) {
        this.accounts = accounts;
        this.resets = resets;
        this.deletions = deletions;
        this.cookie = cookie;
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
        accounts.changePassword(request.principal(), request.body(PasswordChange.class), localeOf(request));
        return HttpResponse.done();
    }

    /** The body is the picture itself. */
    HttpResponse uploadAvatar(HttpRequest request) {
        return HttpResponse.ok(
                accounts.changePicture(request.principal(), request.body()).profile());
    }

    HttpResponse delete(HttpRequest request) {
        deletions.delete(request.principal(), request.body(AccountDeletion.class));
        return cookie.clear(HttpResponse.done());
    }

    HttpResponse forgotPassword(HttpRequest request) {
        resets.request(request.body(ForgottenPassword.class), request.sourceIp(), localeOf(request));
        return HttpResponse.done();
    }

    HttpResponse resetPassword(HttpRequest request) {
        resets.reset(request.body(PasswordReset.class), request.sourceIp(), localeOf(request));
        return HttpResponse.done();
    }

    /** The language of mails to who asks: Chinese where it is the first that the client wants, else English. */
    private static String localeOf(HttpRequest request) {
        String wanted = request.header("accept-language").orElse("").strip().toLowerCase(Locale.ROOT);
        return wanted.startsWith("zh") ? "zh-CN" : "en";
    }
}
