package io.colonnade.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Makes jars of sites from source text. */
final class SiteJar {
    private final Path folder;
    private final List<String> services = new ArrayList<>();

    SiteJar(Path folder) {
        this.folder = folder;
    }

    /** A class with the given fully qualified name. */
    SiteJar source(String name, String text) throws IOException {
        var file = folder.resolve("src").resolve(name.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        var arguments = new String[] {
            "-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"), "-d", classes().toString(), file.toString()
        };
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
        return this;
    }

    SiteJar service(String className) {
        services.add(className);
        return this;
    }

    Path write() throws IOException {
        var jar = folder.resolve("shop.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes())) {
            files.filter(Files::isRegularFile).forEach(file -> add(out, file));
            if (!services.isEmpty()) {
                out.putNextEntry(new JarEntry("META-INF/services/io.colonnade.site.Site"));
                out.write(String.join("\n", services).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private Path classes() throws IOException {
        return Files.createDirectories(folder.resolve("classes"));
    }

    private void add(JarOutputStream out, Path file) {
        try {
            out.putNextEntry(new JarEntry(classes().relativize(file).toString().replace('\\', '/')));
            Files.copy(file, out);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
