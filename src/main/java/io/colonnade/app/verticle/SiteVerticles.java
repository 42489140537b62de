package io.colonnade.app.verticle;

import io.netty.channel.EventLoop;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.deployment.DeploymentContext;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The verticles that a site has deployed on one lane. May be used on any thread. */
public final class SiteVerticles {
    private static final String JAVA = "java:";

    private final VertxInternal node;
    private final EventLoop lane;
    private final ClassLoader site;
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    public SiteVerticles(VertxInternal node, EventLoop lane, ClassLoader site) {
        this.node = node;
        this.lane = lane;
        this.site = site;
    }

    /**
     * Deploys as many verticles as the options say on the lane. They belong to the verticle that deploys them, if one does.
     *
     * @param guarded the Vert.x that the verticles get
     */
    public Future<String> deploy(Supplier<? extends Deployable> verticle, DeploymentOptions options, Vertx guarded) {
        var caller = node.getOrCreateContext();
        try {
            var deployment = new SiteDeployment(node, guarded, lane, site, verticle, options);
            return node.deploymentManager()
                    .deploy(caller.deployment(), caller, deployment)
                    .map(DeploymentContext::id)
                    .onSuccess(ids::add);
        } catch (RuntimeException | LinkageError thrown) {
            return caller.failedFuture(thrown);
        }
    }

    /** Deploys instances of a class with a constructor without arguments. */
    public Future<String> deploy(Class<? extends Deployable> type, DeploymentOptions options, Vertx guarded) {
        return deploy(() -> instance(type), options, guarded);
    }

    /** Deploys instances of the Java class of this name. */
    public Future<String> deploy(String name, DeploymentOptions options, Vertx guarded) {
        var type = name.startsWith(JAVA) ? name.substring(JAVA.length()) : name;
        var loader = Objects.requireNonNullElse(options.getClassLoader(), site);
        try {
            return deploy(Class.forName(type, true, loader).asSubclass(Deployable.class), options, guarded);
        } catch (ClassNotFoundException | ClassCastException | LinkageError notFound) {
            return node.getOrCreateContext()
                    .failedFuture(new IllegalArgumentException(
                            name + " is no class of a verticle in the site's archive", notFound));
        }
    }

    private static Deployable instance(Class<? extends Deployable> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException(
                    type.getName() + " cannot be made: " + thrown.getCause(), thrown.getCause());
        } catch (ReflectiveOperationException refused) {
            throw new IllegalStateException(type.getName() + " needs a public constructor without arguments", refused);
        }
    }

    /** The deployments that run. */
    public Set<String> ids() {
        ids.removeIf(id -> node.deploymentManager().deployment(id) == null);
        return Set.copyOf(ids);
    }

    /** Ends a deployment of the site's, with those that belong to it. */
    public Future<Void> undeploy(String id) {
        return ids().contains(id)
                ? node.undeploy(id)
                : node.getOrCreateContext().failedFuture(new IllegalStateException("Unknown deployment"));
    }

    /** Ends what the site has left deployed. Never fails. */
    public Future<Void> undeployAll() {
        var roots = ids().stream()
                .filter(id -> !node.deploymentManager().deployment(id).isChild())
                .map(node::undeploy)
                .toList();
        return Future.join(roots).<Void>mapEmpty().otherwiseEmpty();
    }
}
