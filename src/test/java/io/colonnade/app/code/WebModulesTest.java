package io.colonnade.app.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.handler.DigestAuthHandler;
import io.vertx.ext.web.handler.JWTAuthHandler;
import io.vertx.ext.web.handler.OAuth2AuthHandler;
import io.vertx.ext.web.handler.OtpAuthHandler;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import org.junit.jupiter.api.Test;

class WebModulesTest {
    @Test
    void hasTheModulesThatHandlersOfVertxWebNeed() {
        assertThat(JWTAuthHandler.class.getMethods()).isNotEmpty(); // throws a NoClassDefFoundError without
        assertThat(DigestAuthHandler.class.getMethods()).isNotEmpty();
        assertThat(OAuth2AuthHandler.class.getMethods()).isNotEmpty();
        assertThat(OtpAuthHandler.class.getMethods()).isNotEmpty();
        assertThat(HealthCheckHandler.class.getMethods()).isNotEmpty();
    }
}
