package io.colonnade.app.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class path of a site: its archive, which is a jar or a directory of classes, and then the jars in the archive's folder {@code lib}
 * in the order of their names. Java reads no jars inside of a jar, so that those are unpacked.
 */
public final class SiteFiles {
    private static final String LIBRARIES = "lib";
    private static final String LIBRARY = LIBRARIES + "/[^/]+\\.jar";
    private static final String UNFINISHED = ".part";

    private SiteFiles() {}

    /**
     * The class path of a site. Blocks.
     *
     * @param archive a jar or a directory
     * @param folder gets the libraries of a jar, and nothing else; what is not one of them is deleted
     */
    public static List<Path> classPath(Path archive, Path folder) throws IOException {
        var path = new ArrayList<>(List.of(archive));
        path.addAll(Files.isDirectory(archive) ? inDirectory(archive) : unpacked(archive, folder));
        return List.copyOf(path);
    }

    /** The names of the files in a part of the class path. */
    static List<String> names(Path part) throws IOException {
        if (!Files.isDirectory(part)) {
            try (var zip = new ZipFile(part.toFile())) {
                return zip.stream().map(ZipEntry::getName).toList();
            }
        }
        try (var files = Files.walk(part)) {
            return files.map(file -> part.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    private static List<Path> inDirectory(Path archive) throws IOException {
        var libraries = archive.resolve(LIBRARIES);
        if (!Files.isDirectory(libraries)) {
            return List.of();
        }
        try (var files = Files.list(libraries)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> unpacked(Path archive, Path folder) throws IOException {
        var unpacked = new ArrayList<Path>();
        try (var zip = new ZipFile(archive.toFile())) {
            var libraries = zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.matches(LIBRARY))
                    .sorted()
                    .toList();
            for (var library : libraries) {
                unpacked.add(unpack(zip, zip.getEntry(library), folder));
            }
        }
        deleteOthers(folder, unpacked);
        return unpacked;
    }

    /** Moves the whole file to its place, so that whatever has an earlier one open keeps it. */
    private static Path unpack(ZipFile zip, ZipEntry library, Path folder) throws IOException {
        var file = Files.createDirectories(folder).resolve(library.getName().substring(LIBRARIES.length() + 1));
        var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (var content = zip.getInputStream(library)) {
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void deleteOthers(Path folder, List<Path> used) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var known = new HashSet<>(used);
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (!known.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
