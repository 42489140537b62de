package io.colonnade.bench;

import io.colonnade.bench.site.Content;
import io.colonnade.bench.webapp.BenchServlet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A web application as a folder: servlets, the classes that they use, libraries. */
record WebApplication(Class<?> servlet, List<String> paths, List<Class<?>> classes, List<Path> libraries) {
    static final WebApplication WITHOUT_DATABASE =
            new WebApplication(BenchServlet.class, List.of("/hello", "/json"), List.of(Content.class), List.of());

    void write(Path folder) throws IOException {
        var inside = Files.createDirectories(folder.resolve("WEB-INF"));
        add(servlet, inside.resolve("classes"));
        for (var used : classes) {
            add(used, inside.resolve("classes"));
        }
        Files.createDirectories(inside.resolve("lib"));
        for (var library : libraries) {
            Files.copy(library, inside.resolve("lib").resolve(library.getFileName()));
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

    private String descriptor() {
        var text = new StringBuilder(
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\" metadata-complete=\"true\">\n")
                .append("<servlet><servlet-name>bench</servlet-name><servlet-class>")
                .append(servlet.getName())
                .append(
                        "</servlet-class><load-on-startup>1</load-on-startup></servlet>\n<servlet-mapping><servlet-name>bench</servlet-name>");
        paths.forEach(path -> text.append("<url-pattern>").append(path).append("</url-pattern>"));
        return text.append("</servlet-mapping>\n</web-app>\n").toString();
    }
}
