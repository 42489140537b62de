package io.colonnade.app.session;

import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.handler.SessionHandler;

/** Refuses changes of session settings by a site: the node's configuration sets them, for all sites alike. */
public abstract class SessionSettings implements SessionHandler {
    @Override
    public final SessionHandler setSessionTimeout(long timeout) {
        throw fixed("time-out");
    }

    @Override
    public final SessionHandler setNagHttps(boolean nag) {
        throw fixed("warning about HTTP");
    }

    @Override
    public final SessionHandler setCookieSecureFlag(boolean secure) {
        throw fixed("flag Secure");
    }

    @Override
    public final SessionHandler setCookieHttpOnlyFlag(boolean httpOnly) {
        throw fixed("flag HttpOnly");
    }

    @Override
    public final SessionHandler setSessionCookieName(String sessionCookieName) {
        throw fixed("cookie's name");
    }

    @Override
    public final SessionHandler setSessionCookiePath(String sessionCookiePath) {
        throw fixed("cookie's path");
    }

    @Override
    public final SessionHandler setMinLength(int minLength) {
        throw fixed("length of ids");
    }

    @Override
    public final SessionHandler setCookieSameSite(CookieSameSite policy) {
        throw fixed("flag SameSite");
    }

    @Override
    public final SessionHandler setLazySession(boolean lazySession) {
        throw fixed("laziness");
    }

    @Override
    public final SessionHandler setCookieMaxAge(long cookieMaxAge) {
        throw fixed("cookie's age");
    }

    @Override
    public final SessionHandler setCookieless(boolean cookieless) {
        throw fixed("use of cookies");
    }

    @Override
    public final SessionHandler setSigningSecret(String secret) {
        throw fixed("signature");
    }

    private static UnsupportedOperationException fixed(String setting) {
        return new UnsupportedOperationException(
                "a site cannot set the " + setting + " of sessions; the node's configuration does, under app");
    }
}
