package io.colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.docs.Readme;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact {@code colonnade-site}, as the build has made it. */
class SiteArtifactIT {
    private static final Path TARGET = Path.of("target");

    @TempDir
    Path folder;

    @Test
    void theSiteOfTheReadmeCompilesAgainstItAndItsDependencies() throws IOException {
        var source = folder.resolve("HelloSite.java");
        Files.writeString(source, Readme.block("java", "class HelloSite"));
        var vertx = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> path.matches(".*/vertx-(core|web|sql-client)-[0-9.]+\\.jar"))
                .toList();
        assertThat(vertx).hasSize(3);
        var classPath = Stream.concat(
                        Stream.of(TARGET.resolve("colonnade-site.jar").toString()), vertx.stream())
                .collect(Collectors.joining(File.pathSeparator));
        var printed = new StringWriter();
        var options = List.of("-proc:none", "-Xlint:-classfile", "-cp", classPath, "-d", folder.toString());
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = compiler.getTask(printed, files, null, options, null, files.getJavaFileObjects(source));
            assertThat(task.call()).as(printed.toString()).isTrue();
        }
    }

    @Test
    void itHasTheInterfaceAloneWithSourcesAndJavadoc() throws IOException {
        assertThat(entries("colonnade-site.jar"))
                .contains("io/colonnade/site/Site.class", "META-INF/LICENSE")
                .allMatch(name -> name.startsWith("io/colonnade/site/") || name.startsWith("META-INF/"));
        assertThat(entries("colonnade-site-sources.jar")).contains("io/colonnade/site/Site.java");
        assertThat(entries("colonnade-site-javadoc.jar")).contains("index.html", "io/colonnade/site/Site.html");
    }

    @Test
    void itsPomNamesWhatASiteNeedsAndTheReadmeNamesIt() throws IOException {
        var pom = Files.readString(TARGET.resolve("colonnade-site.pom"));
        assertThat(pom).doesNotContain("${");
        assertThat(values(pom, "artifactId"))
                .containsExactly("colonnade-site", "vertx-web", "vertx-sql-client", "jspecify");
        var readme = Readme.block("xml", "colonnade-site");
        assertThat(values(readme, "version"))
                .first()
                .isEqualTo(values(pom, "version").get(0));
        assertThat(values(readme, "groupId"))
                .first()
                .isEqualTo(values(pom, "groupId").get(0));
    }

    private static List<String> values(String xml, String tag) {
        return Pattern.compile("<" + tag + ">(.*?)</" + tag + ">")
                .matcher(xml)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static List<String> entries(String name) throws IOException {
        try (var jar = new JarFile(TARGET.resolve(name).toFile())) {
            return jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
