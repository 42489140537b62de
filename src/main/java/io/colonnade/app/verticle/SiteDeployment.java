package io.colonnade.app.verticle;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextBuilderImpl;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.WorkerPool;
import io.vertx.core.internal.deployment.Deployment;
import io.vertx.core.internal.deployment.DeploymentContext;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A deployment of a site's verticles. They run on the event loop of the lane on which the site runs, or on workers, and get the guarded
 * Vert.x. Vert.x itself would give them any event loop, also that of the event bus, and the node's own Vert.x.
 */
final class SiteDeployment implements Deployment {
    private static final class Instance {
        final Deployable verticle;
        final ContextInternal context;
        final Context given;
        volatile boolean started;

        Instance(Deployable verticle, ContextInternal context, Vertx guarded) {
            this.verticle = verticle;
            this.context = context;
            this.given = GuardedContext.of(context, guarded);
        }

        /** Runs code of the verticle on its context. */
        Future<Void> call(Callable<Future<?>> step) {
            var done = Promise.<Void>promise();
            context.runOnContext(v -> {
                try {
                    step.call().<Void>mapEmpty().onComplete(done);
                } catch (Throwable thrown) {
                    done.tryFail(thrown);
                }
            });
            return done.future();
        }
    }

    private final VertxInternal node;
    private final Vertx guarded;
    private final EventLoop lane;
    private final DeploymentOptions options;
    private final ClassLoader loader;
    private final List<Deployable> verticles;
    private final @Nullable WorkerPool workers;
    private final List<Instance> instances = new CopyOnWriteArrayList<>();

    /** Makes the verticles. Throws what their constructors throw. */
    SiteDeployment(
            VertxInternal node,
            Vertx guarded,
            EventLoop lane,
            ClassLoader site,
            Supplier<? extends Deployable> verticle,
            DeploymentOptions options) {
        this.node = node;
        this.guarded = guarded;
        this.lane = lane;
        this.options = new DeploymentOptions(options);
        this.loader = Objects.requireNonNullElse(options.getClassLoader(), site);
        this.verticles = Stream.<Deployable>generate(verticle)
                .limit(options.getInstances())
                .toList();
        this.workers = options.getWorkerPoolName() == null
                ? null
                : node.createSharedWorkerPool(
                        options.getWorkerPoolName(),
                        options.getWorkerPoolSize(),
                        options.getMaxWorkerExecuteTime(),
                        options.getMaxWorkerExecuteTimeUnit());
    }

    @Override
    public Set<Context> contexts() {
        return instances.stream().map(instance -> instance.context).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Deployable> instances() {
        return Set.copyOf(verticles);
    }

    @Override
    public DeploymentOptions options() {
        return new DeploymentOptions(options);
    }

    @Override
    public String identifier() {
        return "java:" + verticles.get(0).getClass().getName();
    }

    @Override
    public Future<?> deploy(DeploymentContext deployment) {
        verticles.forEach(verticle -> instances.add(new Instance(verticle, context(deployment), guarded)));
        var starts = instances.stream().map(SiteDeployment::start).toList();
        return Future.join(starts).recover(failed -> undeploy().transform(stopped -> Future.failedFuture(failed)));
    }

    private ContextInternal context(DeploymentContext deployment) {
        var builder = ((ContextBuilderImpl) node.contextBuilder()).withDeploymentContext(deployment);
        var model = options.getThreadingModel();
        return builder.withThreadingModel(model == null ? ThreadingModel.EVENT_LOOP : model)
                .withEventLoop(lane)
                .withWorkerPool(workers)
                .withCloseFuture(new CloseFuture())
                .withClassLoader(loader)
                .build();
    }

    private static Future<?> start(Instance instance) {
        return instance.call(() -> instance.verticle.deploy(instance.given)).onSuccess(v -> instance.started = true);
    }

    @Override
    public Future<?> undeploy() {
        return Future.join(instances.stream()
                .filter(instance -> instance.started)
                .map(instance -> instance.call(() -> instance.verticle.undeploy(instance.given)))
                .toList());
    }

    /** Closes what the verticles left open. */
    @Override
    public Future<?> cleanup() {
        var closed = Future.join(instances.stream()
                .map(instance -> instance.context.closeFuture().close())
                .toList());
        return workers == null ? closed : closed.onComplete(v -> workers.close());
    }
}
