package io.colonnade.testing;

import io.colonnade.site.Site;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipFile;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes the jar of a site as its author would: compiles the sources and adds files beside the classes. */
public final class SiteJar {
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private SiteJar() {}

    /** A jar that names these classes as its sites; a proper jar names one. */
    public static SiteJar of(String... siteClasses) {
        var jar = new SiteJar();
        return siteClasses.length == 0
                ? jar
                : jar.file("META-INF/services/" + Site.class.getName(), String.join("\n", siteClasses));
    }

    /** Adds a file, such as {@code webroot/index.html}. */
    public SiteJar file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Adds a file with the content of another. */
    public SiteJar file(String name, Path content) throws IOException {
        files.put(name, Files.readAllBytes(content));
        return this;
    }

    /** Adds the source of a class. */
    public SiteJar source(String className, String text) {
        sources.add(new Source(className, text));
        return this;
    }

    /** Adds all sources of a folder, which are of one package. */
    public SiteJar sources(String packageName, Path folder) throws IOException {
        try (var found = Files.newDirectoryStream(folder, "*.java")) {
            for (var file : found) {
                var name = file.getFileName().toString().replace(".java", "");
                source(packageName + "." + name, Files.readString(file));
            }
        }
        return this;
    }

    /** Compiles, and writes the jar; the classes stay in a folder beside it. */
    public Path write(Path jar) throws IOException {
        var classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
        compileTo(classes);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : files.entrySet()) {
                add(out, file.getKey(), file.getValue());
            }
            addClasses(out, classes);
        }
        return jar;
    }

    /** Puts all files of a jar into a directory. */
    public static Path unpack(Path jar, Path directory) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().toList()) {
                var file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, zip.getInputStream(entry).readAllBytes());
            }
        }
        return directory;
    }

    private void compileTo(Path classes) {
        var messages = new StringWriter();
        var options = List.of("--release", "17", "-proc:none", "-d", classes.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (!sources.isEmpty()
                && !compiler.getTask(messages, null, null, options, null, sources)
                        .call()) {
            throw new AssertionError("the site does not compile:\n" + messages);
        }
    }

    private static void addClasses(JarOutputStream out, Path classes) throws IOException {
        try (var walk = Files.walk(classes)) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                add(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
