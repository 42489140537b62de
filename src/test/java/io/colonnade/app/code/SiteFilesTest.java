package io.colonnade.app.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.colonnade.testing.SiteJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFilesTest {
    private static final String TOOL = "package com.acme.tool; public class Tool {}";

    private final Path folder;
    private final Path libraries;
    private final Path tool;

    SiteFilesTest(@TempDir Path folder) {
        this.folder = folder;
        this.libraries = folder.resolve("libraries");
        this.tool = folder.resolve("tool.jar");
    }

    @BeforeEach
    void makeALibrary() throws IOException {
        SiteJar.of().source("com.acme.tool.Tool", TOOL).write(tool);
    }

    @Test
    void findsTheClassesOfTheJarsInAJar() throws Exception {
        var jar = SiteJar.of().file("lib/tool.jar", tool).write(folder.resolve("shop.jar"));
        assertThat(classOf(jar)).isNotNull();
    }

    @Test
    void findsTheClassesOfTheJarsInADirectory() throws Exception {
        var jar = SiteJar.of().file("lib/tool.jar", tool).write(folder.resolve("shop.jar"));
        assertThat(classOf(SiteJar.unpack(jar, folder.resolve("shop")))).isNotNull();
        assertThat(libraries).doesNotExist();
    }

    @Test
    void takesTheArchiveBeforeItsLibrariesAndTheseByName() throws IOException {
        var jar = SiteJar.of()
                .file("lib/b.jar", tool)
                .file("lib/a.jar", tool)
                .file("lib/deeper/c.jar", tool)
                .file("lib/notes.txt", "")
                .write(folder.resolve("shop.jar"));
        assertThat(SiteFiles.classPath(jar, libraries))
                .containsExactly(jar, libraries.resolve("a.jar"), libraries.resolve("b.jar"));
    }

    @Test
    void deletesWhatAnEarlierReleaseHad() throws IOException {
        Files.writeString(Files.createDirectories(libraries).resolve("former.jar"), "");
        var jar = SiteJar.of().file("lib/tool.jar", tool).write(folder.resolve("shop.jar"));
        SiteFiles.classPath(jar, libraries);
        assertThat(libraries.toFile().list()).containsExactly("tool.jar");
    }

    @Test
    void warnsOfCopiesInLibrariesToo() throws IOException {
        var netty = SiteJar.of().file("io/netty/buffer/ByteBuf.class", "").write(folder.resolve("netty.jar"));
        var jar = SiteJar.of().file("lib/netty.jar", netty).write(folder.resolve("shop.jar"));
        try (var loader = loader(jar)) {
            assertThat(loader.copiesOfTheNodes()).containsExactly("Netty");
        }
    }

    private Class<?> classOf(Path archive) throws Exception {
        try (var loader = loader(archive)) {
            return loader.loadClass("com.acme.tool.Tool");
        }
    }

    private SiteClassLoader loader(Path archive) throws IOException {
        return new SiteClassLoader("shop", SiteFiles.classPath(archive, libraries), SiteFiles.class.getClassLoader());
    }
}
