package io.colonnade.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.colonnade.bench.site.Content;
import io.colonnade.bench.webapp.BenchServlet;
import io.colonnade.bench.webapp.DatabaseServlet;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A web application as a folder.
 *
 * @param classes a servlet, and the classes that it uses
 * @param libraries a class of each
 * @param parameters of the servlet
 */
record WebApplication(
        List<Class<?>> classes, List<String> paths, List<Class<?>> libraries, Map<String, String> parameters) {
    static final WebApplication WITHOUT_DATABASE = new WebApplication(
            List.of(BenchServlet.class, Content.class), List.of("/hello", "/json"), List.of(), Map.of());

    /** With a pool of so many connections. */
    static WebApplication withDatabase(String url, int connections) {
        return new WebApplication(
                List.of(DatabaseServlet.class, BenchServlet.class, Content.class),
                List.of("/row", "/rows", "/insert"),
                List.of(HikariDataSource.class, com.mysql.cj.jdbc.Driver.class, org.slf4j.Logger.class),
                Map.of("url", url, "connections", Integer.toString(connections)));
    }

    void write(Path folder) throws IOException {
        var inside = Files.createDirectories(folder.resolve("WEB-INF"));
        for (var type : classes) {
            add(type, inside.resolve("classes"));
        }
        Files.createDirectories(inside.resolve("lib"));
        for (var type : libraries) {
            var jar = jar(type);
            Files.copy(jar, inside.resolve("lib").resolve(jar.getFileName()));
        }
        Files.writeString(inside.resolve("web.xml"), descriptor());
    }

    private static void add(Class<?> type, Path folder) throws IOException {
        var name = type.getName().replace('.', '/') + ".class";
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(code, file);
        }
    }

    private static Path jar(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String descriptor() {
        var text = new StringBuilder(
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                <servlet><servlet-name>bench</servlet-name>
                """);
        text.append("<servlet-class>").append(classes.get(0).getName()).append("</servlet-class>\n");
        parameters.forEach((name, value) -> text.append("<init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(value.replace("&", "&amp;"))
                .append("</param-value></init-param>\n"));
        text.append("<load-on-startup>1</load-on-startup></servlet>\n");
        text.append("<servlet-mapping><servlet-name>bench</servlet-name>");
        paths.forEach(path -> text.append("<url-pattern>").append(path).append("</url-pattern>"));
        return text.append("</servlet-mapping>\n</web-app>\n").toString();
    }
}
