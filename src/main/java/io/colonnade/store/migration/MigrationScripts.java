package io.colonnade.store.migration;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * The scripts {@code db/migration/*.sql} of a site's archive, read without the site's class loader. Flyway's own search of the class
 * path finds nothing in a jar without directory entries, and also finds the scripts of other archives.
 */
public record MigrationScripts(List<Script> scripts) implements ResourceProvider {
    /**
     * Reads the scripts of an archive.
     *
     * @param archive a jar, or a directory
     * @param prefix of the names in it, such as {@code foobar/}; empty for none
     */
    public static MigrationScripts read(Path archive, String prefix) throws IOException {
        if (Files.isDirectory(archive)) {
            return in(archive.resolve(prefix + "db/migration"));
        }
        try (var jar = FileSystems.newFileSystem(archive)) {
            return in(jar.getPath(prefix + "db/migration"));
        }
    }

    private static MigrationScripts in(Path directory) throws IOException {
        var scripts = new ArrayList<Script>();
        if (Files.isDirectory(directory)) {
            try (var files = Files.newDirectoryStream(directory, "*.sql")) {
                for (var file : files) {
                    scripts.add(new Script(file.getFileName().toString(), Files.readString(file)));
                }
            }
        }
        return new MigrationScripts(List.copyOf(scripts));
    }

    public boolean isEmpty() {
        return scripts.isEmpty();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        var endings = List.of(suffixes);
        return scripts.stream()
                .filter(script ->
                        script.name.startsWith(prefix) && endings.stream().anyMatch(script.name::endsWith))
                .<LoadableResource>map(script -> script)
                .toList();
    }

    /** One script. */
    static final class Script extends LoadableResource {
        private final String name;
        private final String text;

        Script(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return "db/migration/" + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
