package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.config.SiteConfig;
import io.colonnade.core.Failure;
import io.colonnade.site.Site;
import io.colonnade.testing.SiteJar;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

class SitesTest {
    private static final String SHOP =
            """
            package com.acme;
            public class Shop implements io.colonnade.site.Site {
                public io.vertx.core.Future<io.vertx.ext.web.Router> start(io.colonnade.site.SiteContext site) {
                    return io.vertx.core.Future.succeededFuture(io.vertx.ext.web.Router.router(site.vertx()));
                }
            }
            """;

    private static final String TOOLS =
            """
            package com.acme;
            import io.vertx.core.Future;
            import io.vertx.ext.web.Router;
            public class Tools implements io.colonnade.site.Site {
                public Future<Router> start(io.colonnade.site.SiteContext site) {
                    var atStart = tool();
                    var router = Router.router(site.vertx());
                    router.get("/").handler(ctx -> site.vertx().executeBlocking(Tools::tool)
                            .onSuccess(onWorker -> ctx.end(atStart + " " + tool() + " " + onWorker)));
                    return Future.succeededFuture(router);
                }
                private static String tool() {
                    return java.util.ServiceLoader.load(Runnable.class).findFirst().orElseThrow().getClass().getName();
                }
            }
            """;

    private static final String ACCOUNT =
            """
            package com.acme;
            public class Account {
                public String getName() { return "ann"; }
                @com.fasterxml.jackson.annotation.JsonIgnore
                public String getPasswordHash() { return "1f2e"; }
            }
            """;

    private final Path folder;

    SitesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void loadsASiteInAClassLoaderOfItsOwn() throws Exception {
        var jar = SiteJar.of("com.acme.Shop").source("com.acme.Shop", SHOP).write(folder.resolve("shop.jar"));
        try (var sites = load(jar)) {
            var site = sites.all().get(0);
            assertThat(newSite(site)).isNotSameAs(newSite(site));
            assertThat(newSite(site).getClass().getClassLoader()).isSameAs(site.loader());
            assertThat(site.config().getInteger("size")).isEqualTo(7);
        }
    }

    @Test
    void findsOutWhetherASiteCanBeLoadedWithoutRunningIt() throws Exception {
        var shop = SiteJar.of("com.acme.Shop")
                .source("com.acme.Shop", SHOP.replace("{\n    public", "{\n    static { System.exit(7); }\n    public"))
                .write(folder.resolve("shop.jar"));
        Sites.check(List.of(config(shop.toString())), libraries());
        var gone = SiteJar.of("gone.GoneSite").write(folder.resolve("gone.jar"));
        assertThatThrownBy(() -> Sites.check(List.of(config(gone.toString())), libraries()))
                .isInstanceOf(SiteException.class)
                .hasMessageContaining("gone.GoneSite");
    }

    @Test
    void sharesTheInterfaceVertxAndTheLogAndHidesTheRestOfTheNode() throws Exception {
        var jar = SiteJar.of("com.acme.Shop").source("com.acme.Shop", SHOP).write(folder.resolve("shop.jar"));
        try (var sites = load(jar)) {
            var loader = sites.all().get(0).loader();
            for (var shared : List.of(
                    Site.class, Vertx.class, Logger.class, io.vertx.sqlclient.Pool.class, java.sql.Date.class)) {
                assertThat(loader.loadClass(shared.getName())).isSameAs(shared);
            }
            for (var hidden : List.of(
                    Failure.class.getName(),
                    SiteConfig.class.getName(),
                    AppTier.class.getName(),
                    "com.hazelcast.core.Hazelcast")) {
                assertThatThrownBy(() -> loader.loadClass(hidden)).isInstanceOf(ClassNotFoundException.class);
            }
        }
    }

    @Test
    void readsTheAnnotationsOnASitesClassesAlsoIfItsJarHasAJacksonOfItsOwn() throws Exception {
        var jar = SiteJar.of("com.acme.Shop")
                .source("com.acme.Shop", SHOP)
                .source("com.acme.Account", ACCOUNT)
                .source(
                        "com.fasterxml.jackson.annotation.JsonIgnore",
                        """
                        package com.fasterxml.jackson.annotation;
                        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                        public @interface JsonIgnore {}
                        """)
                .write(folder.resolve("shop.jar"));
        try (var sites = load(jar)) {
            var account = sites.all().get(0).loader().loadClass("com.acme.Account");
            var json = JsonObject.mapFrom(account.getConstructor().newInstance());
            assertThat(json).isEqualTo(new JsonObject().put("name", "ann"));
        }
    }

    @Test
    void findsTheServicesOfTheJarAtTheStartInRequestsAndOnWorkers() throws Exception {
        var jar = SiteJar.of("com.acme.Tools")
                .source("com.acme.Tools", TOOLS)
                .source(
                        "com.acme.Saw",
                        "package com.acme; public class Saw implements Runnable { public void run() {} }")
                .file("META-INF/services/java.lang.Runnable", "com.acme.Saw")
                .write(folder.resolve("shop.jar"));
        try (var sites = load(jar);
                var server = new SiteServer(sites.all().get(0), AppConfig.DEFAULTS)) {
            assertThat(server.get("/").body()).isEqualTo("com.acme.Saw com.acme.Saw com.acme.Saw");
        }
    }

    @Test
    void loadsASiteFromADirectoryOfClasses() throws Exception {
        var jar = SiteJar.of("com.acme.Shop").source("com.acme.Shop", SHOP).write(folder.resolve("shop.jar"));
        try (var sites = load(SiteJar.unpack(jar, folder.resolve("target/classes")))) {
            var site = sites.all().get(0);
            assertThat(newSite(site).getClass().getClassLoader()).isSameAs(site.loader());
        }
    }

    @Test
    void prefersTheJarsOwnVersionOfALibraryThatTheNodeHasToo() throws Exception {
        var jar = SiteJar.of("com.acme.Shop")
                .source("com.acme.Shop", SHOP)
                .source("com.hazelcast.core.Hazelcast", "package com.hazelcast.core; public class Hazelcast {}")
                .write(folder.resolve("shop.jar"));
        try (var sites = load(jar)) {
            var loader = sites.all().get(0).loader();
            assertThat(loader.loadClass("com.hazelcast.core.Hazelcast").getClassLoader())
                    .isSameAs(loader);
        }
    }

    @Test
    void findsTheMainVerticleOfAnApplication() throws Exception {
        var main = "package com.acme; public class Main extends io.vertx.core.AbstractVerticle {}";
        var jar = SiteJar.of()
                .source("com.acme.Main", main)
                .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Verticle: com.acme.Main\n")
                .write(folder.resolve("shop.jar"));
        try (var sites = load(jar)) {
            var program = (SiteProgram.OfVerticle) sites.all().get(0).program();
            assertThat(program.main().getName()).isEqualTo("com.acme.Main");
            assertThat(program.main().getClassLoader())
                    .isSameAs(sites.all().get(0).loader());
        }
    }

    @Test
    void namesAMainVerticleThatIsNone() throws Exception {
        for (var main : List.of("com.acme.Shop", "com.acme.Missing")) {
            var jar = SiteJar.of()
                    .source("com.acme.Shop", SHOP)
                    .file("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Verticle: " + main + "\n")
                    .write(folder.resolve("shop.jar"));
            assertThatThrownBy(() -> load(jar))
                    .isInstanceOf(SiteException.class)
                    .hasMessageContaining("main verticle " + main);
        }
    }

    @Test
    void namesAJarThatIsMissing() {
        assertThatThrownBy(() -> load(folder.resolve("none.jar")))
                .isInstanceOf(SiteException.class)
                .hasMessageContaining("site shop, jar ")
                .hasMessageContaining("none.jar: there is no such file");
    }

    @Test
    void namesAFileThatIsNoJar() throws IOException {
        var text = Files.writeString(folder.resolve("shop.jar"), "not a zip");
        assertThatThrownBy(() -> load(text)).isInstanceOf(SiteException.class).hasMessageContaining("not a jar");
    }

    @Test
    void namesAJarWithoutASite() throws IOException {
        var jar = SiteJar.of().source("com.acme.Shop", SHOP).write(folder.resolve("shop.jar"));
        assertThatThrownBy(() -> load(jar))
                .isInstanceOf(SiteException.class)
                .hasMessageContaining("no site in it; add META-INF/services/io.colonnade.site.Site");
    }

    @Test
    void namesAClassThatIsNoSite() throws IOException {
        var jar = SiteJar.of("com.acme.Shop")
                .source("com.acme.Shop", "package com.acme; public class Shop {}")
                .write(folder.resolve("shop.jar"));
        assertThatThrownBy(() -> load(jar)).isInstanceOf(SiteException.class).hasMessageContaining("com.acme.Shop");
    }

    @Test
    void namesAClassThatIsMissing() throws IOException {
        var jar = SiteJar.of("com.acme.Shop").write(folder.resolve("shop.jar"));
        assertThatThrownBy(() -> load(jar)).isInstanceOf(SiteException.class).hasMessageContaining("com.acme.Shop");
    }

    @Test
    void namesAllSitesOfAJarWithSeveral() throws IOException {
        var jar = SiteJar.of("com.acme.Shop", "com.acme.Other")
                .source("com.acme.Shop", SHOP)
                .source("com.acme.Other", SHOP.replace("Shop", "Other"))
                .write(folder.resolve("shop.jar"));
        assertThatThrownBy(() -> load(jar))
                .isInstanceOf(SiteException.class)
                .hasMessageContaining("several sites in it (com.acme.Shop, com.acme.Other)");
    }

    @Test
    void findsTheBundledSite() {
        try (var sites = load(Path.of("bundled"))) {
            assertThat(newSite(sites.all().get(0)).getClass().getName()).isEqualTo("io.colonnade.foobar.FoobarSite");
        }
    }

    private Sites load(Path jar) {
        return Sites.load(
                List.of(config(jar.toString())),
                (name, loader) -> SiteServer.databaseThat(Future::succeededFuture),
                libraries(),
                SiteServer.ALL_MAY_START);
    }

    private Path libraries() {
        return folder.resolve("libraries");
    }

    private static Site newSite(SiteCode code) {
        return ((SiteProgram.OfSite) code.program()).site().get();
    }

    private static SiteConfig config(String jar) {
        var defaults = SiteConfig.DEFAULTS;
        return new SiteConfig(
                "shop",
                jar,
                "",
                0,
                List.of(),
                false,
                "",
                defaults.balance(),
                defaults.balanceApp(),
                "",
                Map.of(),
                List.of(),
                Map.of("size", 7));
    }
}
