package io.colonnade.foobar;

import io.colonnade.site.SiteContext;
import io.colonnade.site.TransactionOptions;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.DatabaseException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The messages in MySQL or MariaDB; the tables are in {@code db/migration}. */
final class SqlMessages implements Messages {
    private static final int DUPLICATE_KEY = 1062;

    private static final String SELECT =
            "SELECT id, author, owner, text, created, picture_type, picture_size, picture_digest FROM messages ";

    private final SiteContext site;

    SqlMessages(SiteContext site) {
        this.site = site;
    }

    @Override
    public Future<List<Message>> list(Page page) {
        return site.reader()
                .preparedQuery(SELECT + "WHERE id < ? ORDER BY id DESC LIMIT ?")
                .mapping(SqlMessages::message)
                .execute(Tuple.of(page.before(), page.lookAhead()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    @Override
    public Future<Optional<Message>> find(long id) {
        return site.reader()
                .preparedQuery(SELECT + "WHERE id = ?")
                .mapping(SqlMessages::message)
                .execute(Tuple.of(id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst());
    }

    private static Message message(Row row) {
        return new Message(
                row.getLong("id"),
                row.getString("author"),
                row.getString("owner"),
                row.getString("text"),
                row.getLocalDateTime("created").toInstant(ZoneOffset.UTC),
                picture(row));
    }

    private static @Nullable Picture picture(Row row) {
        var type = row.getString("picture_type");
        return type == null
                ? null
                : new Picture(
                        PictureType.valueOf(type), row.getInteger("picture_size"), row.getString("picture_digest"));
    }

    /** Two posts with one key at the same time may deadlock. The loser's transaction runs again, and finds the key taken. */
    @Override
    public Future<Receipt> add(Draft draft) {
        return site.transaction(
                        TransactionOptions.DEFAULTS.idempotent(draft.idempotencyKey() != null),
                        connection -> insert(connection, draft))
                .map(id -> new Receipt(id, draft.fingerprint(), true))
                .recover(failure -> isError(failure, DUPLICATE_KEY) ? receipt(draft) : Future.failedFuture(failure));
    }

    private static boolean isError(Throwable failure, int code) {
        return failure instanceof DatabaseException error && error.getErrorCode() == code;
    }

    /** Inserts the key before the picture: a repetition beside the first attempt waits at the key until that has ended. */
    private static Future<Long> insert(SqlConnection connection, Draft draft) {
        return insertMessage(connection, draft)
                .compose(id -> insertKey(connection, draft, id).map(id))
                .compose(id -> insertPicture(connection, draft, id).map(id));
    }

    private static Future<Long> insertMessage(SqlConnection connection, Draft draft) {
        var picture = draft.picture();
        return connection
                .preparedQuery("INSERT INTO messages"
                        + " (author, owner, text, created, picture_type, picture_size, picture_digest)"
                        + " VALUES (?, ?, ?, UTC_TIMESTAMP(3), ?, ?, ?)")
                .execute(Tuple.of(
                        draft.author().name(),
                        draft.author().id(),
                        draft.text(),
                        picture == null ? null : picture.type().name(),
                        picture == null ? null : picture.size(),
                        picture == null ? null : picture.digest()))
                .compose(inserted -> connection.query("SELECT LAST_INSERT_ID()").execute())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Future<Void> insertKey(SqlConnection connection, Draft draft, long id) {
        if (draft.idempotencyKey() == null) {
            return Future.succeededFuture();
        }
        return connection
                .preparedQuery("INSERT INTO idempotency_keys (owner, name, fingerprint, message) VALUES (?, ?, ?, ?)")
                .execute(Tuple.of(draft.author().id(), draft.idempotencyKey(), draft.fingerprint(), id))
                .mapEmpty();
    }

    private static Future<Void> insertPicture(SqlConnection connection, Draft draft, long id) {
        var upload = draft.upload();
        if (upload == null) {
            return Future.succeededFuture();
        }
        return upload.file().forEachPart((part, bytes) -> connection
                .preparedQuery("INSERT INTO picture_parts (message, part, bytes) VALUES (?, ?, ?)")
                .execute(Tuple.of(id, part, bytes))
                .mapEmpty());
    }

    private Future<Receipt> receipt(Draft draft) {
        return site.database()
                .preparedQuery("SELECT message, fingerprint FROM idempotency_keys WHERE owner = ? AND name = ?")
                .execute(Tuple.of(draft.author().id(), draft.idempotencyKey()))
                .map(rows -> rows.iterator().next())
                .map(row -> new Receipt(row.getLong("message"), row.getString("fingerprint"), false));
    }

    @Override
    public Future<Boolean> remove(long id, String owner) {
        return site.database()
                .preparedQuery("DELETE FROM messages WHERE id = ? AND owner = ?")
                .execute(Tuple.of(id, owner))
                .map(rows -> rows.rowCount() == 1);
    }

    @Override
    public Future<Optional<Buffer>> part(long id, int part) {
        return site.reader()
                .preparedQuery("SELECT bytes FROM picture_parts WHERE message = ? AND part = ?")
                .mapping(row -> row.getBuffer("bytes"))
                .execute(Tuple.of(id, part))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst());
    }
}
