package io.colonnade.store.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationScriptsTest {
    @Test
    void areThoseUnderThePrefixAndNoOthers(@TempDir Path archive) throws Exception {
        write(archive.resolve("foobar/db/migration/V1__first.sql"));
        write(archive.resolve("foobar/db/migration/notes.txt"));
        write(archive.resolve("db/migration/V1__of_another_site.sql"));

        var scripts = MigrationScripts.read(archive, "foobar/");

        assertThat(scripts.getResources("V", new String[] {".sql"}))
                .extracting(LoadableResource::getFilename)
                .containsExactly("V1__first.sql");
    }

    @Test
    void aSiteNeedsNone(@TempDir Path archive) throws Exception {
        assertThat(MigrationScripts.read(archive, "").scripts()).isEmpty();
    }

    private static void write(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "SELECT 1");
    }
}
