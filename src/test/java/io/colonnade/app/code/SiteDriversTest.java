package io.colonnade.app.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteDriversTest {
    private static final String DRIVER =
            """
            package com.acme.jdbc;
            import java.sql.*;
            public class Acme implements Driver {
                static {
                    try {
                        DriverManager.registerDriver(new Acme());
                    } catch (SQLException impossible) {
                        throw new ExceptionInInitializerError(impossible);
                    }
                }
                public Connection connect(String url, java.util.Properties info) { return null; }
                public boolean acceptsURL(String url) { return url.startsWith("jdbc:acme:"); }
                public DriverPropertyInfo[] getPropertyInfo(String url, java.util.Properties info) { return null; }
                public int getMajorVersion() { return 1; }
                public int getMinorVersion() { return 0; }
                public boolean jdbcCompliant() { return false; }
                public java.util.logging.Logger getParentLogger() { return null; }
            }
            """;

    private static final String USER =
            """
            package com.acme;
            public class User implements java.util.concurrent.Callable<String> {
                public String call() throws java.sql.SQLException {
                    return java.sql.DriverManager.getDriver("jdbc:acme:orders").getClass().getName();
                }
            }
            """;

    private final Path folder;

    SiteDriversTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void findsTheDriversOfASiteUntilItIsClosed() throws Exception {
        var first = loader("first");
        var second = loader("second");
        try (second) {
            assertThat(driver(first)).isEqualTo("com.acme.jdbc.Acme");
            first.close();
            assertThatThrownBy(() -> driver(first)).isInstanceOf(SQLException.class);
            assertThat(driver(second)).isEqualTo("com.acme.jdbc.Acme");
        }
    }

    private SiteClassLoader loader(String site) throws IOException {
        var driver = SiteJar.of()
                .source("com.acme.jdbc.Acme", DRIVER)
                .file("META-INF/services/java.sql.Driver", "com.acme.jdbc.Acme")
                .write(folder.resolve("driver.jar"));
        var jar = SiteJar.of()
                .source("com.acme.User", USER)
                .file("lib/driver.jar", driver)
                .write(folder.resolve("shop.jar"));
        var classPath = SiteFiles.classPath(jar, folder.resolve(site));
        var loader = new SiteClassLoader(site, classPath, SiteDriversTest.class.getClassLoader());
        try {
            loader.loadClass("com.acme.User"); // before the loader is closed
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
        loader.registerDrivers();
        return loader;
    }

    private static Object driver(SiteClassLoader site) throws Exception {
        var user =
                (Callable<?>) site.loadClass("com.acme.User").getConstructor().newInstance();
        return user.call();
    }
}
