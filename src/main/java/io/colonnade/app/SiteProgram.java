package io.colonnade.app;

import io.colonnade.app.verticle.GuardedVertx;
import io.colonnade.app.verticle.SiteServers;
import io.colonnade.site.Site;
import io.vertx.core.Deployable;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.function.Supplier;

/** What the archive of a site has in it. */
sealed interface SiteProgram {
    /** Vert.x as the code gets it for one start on one lane. */
    GuardedVertx vertx(ContextInternal lane, ClassLoader site);

    /**
     * What runs the code.
     *
     * @param given has Vert.x from {@link #vertx}
     * @param context the site's, on the event loop of the lane
     */
    SiteRunner newRunner(LaneSiteContext given, SiteErrors errors, ContextInternal context);

    /** Code that was written for Colonnade. */
    record OfSite(Supplier<Site> site) implements SiteProgram {
        @Override
        public GuardedVertx vertx(ContextInternal lane, ClassLoader site) {
            return new GuardedVertx(lane, site, null);
        }

        @Override
        public SiteRunner newRunner(LaneSiteContext given, SiteErrors errors, ContextInternal context) {
            return new RouterRunner(site, given, errors, context);
        }
    }

    /**
     * A whole Vert.x application.
     *
     * @param port the one of its ports that answers the site's requests; 0 for the first with which it listens
     * @param listenLimit how long it may take from the start of its main verticle until it listens
     */
    record OfVerticle(Class<? extends Deployable> main, int port, Duration listenLimit) implements SiteProgram {
        @Override
        public GuardedVertx vertx(ContextInternal lane, ClassLoader site) {
            return new GuardedVertx(lane, site, new SiteServers(port));
        }

        @Override
        public SiteRunner newRunner(LaneSiteContext given, SiteErrors errors, ContextInternal context) {
            return new VerticleRunner(main, listenLimit, given, errors, context);
        }
    }
}
