package io.colonnade.store;

import io.colonnade.core.Address;
import java.util.regex.Pattern;

/**
 * A MySQL or MariaDB server of the user's, written {@code mysql://USER@HOST[:PORT]/DB}.
 *
 * @param user who signs in
 * @param address where the server listens. Default port 3306
 * @param schema the site {@code foobar} gets the schema {@code DB_foobar}; if the user may not create that, {@code DB} itself
 */
public record DatabaseUrl(String user, Address address, String schema) {
    private static final String FORM = "; allowed is mysql://USER@HOST[:PORT]/DB";
    private static final Pattern URL = Pattern.compile("mysql://([^@/]+)@([^@/]+)/([A-Za-z0-9_$-]{1,64})");

    /**
     * Parses the text form.
     *
     * @throws IllegalArgumentException if it is none, or holds a password; the message never repeats the text, which may hold one
     */
    public static DatabaseUrl parse(String text) {
        var parts = URL.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the database is no address of a MySQL server" + FORM);
        }
        if (parts.group(1).contains(":")) {
            throw new IllegalArgumentException(
                    "the database address holds a password; give it by a file or the environment" + FORM);
        }
        return new DatabaseUrl(parts.group(1), Address.parse(parts.group(2), 3306), parts.group(3));
    }
}
