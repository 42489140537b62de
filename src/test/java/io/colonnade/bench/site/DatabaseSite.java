package io.colonnade.bench.site;

import io.colonnade.site.Site;
import io.colonnade.site.SiteContext;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;

/** One row by its key, twenty rows, and one insert, through the pool that a site is given. */
public final class DatabaseSite implements Site {
    @Override
    public Future<Router> start(SiteContext context) {
        var database = context.database();
        var router = Router.router(context.vertx());
        router.get("/row").handler(call -> row(database, call));
        router.get("/rows").handler(call -> rows(database, call));
        router.post("/insert").handler(call -> insert(database, call));
        return Future.succeededFuture(router);
    }

    private static void row(Pool database, RoutingContext call) {
        database.preparedQuery(Content.ROW)
                .execute(Tuple.of(Content.KEY))
                .onSuccess(rows -> answer(call, item(rows.iterator().next())))
                .onFailure(call::fail);
    }

    private static void rows(Pool database, RoutingContext call) {
        database.preparedQuery(Content.ROWS)
                .execute(Tuple.of(Content.KEY))
                .onSuccess(rows -> answer(call, items(rows)))
                .onFailure(call::fail);
    }

    private static void insert(Pool database, RoutingContext call) {
        database.preparedQuery(Content.INSERT)
                .execute(Tuple.of("a visitor"))
                .onSuccess(done -> answer(call, "{\"inserted\":" + done.rowCount() + "}"))
                .onFailure(call::fail);
    }

    private static String items(RowSet<Row> rows) {
        var items = new ArrayList<String>();
        rows.forEach(row -> items.add(item(row)));
        return "[" + String.join(",", items) + "]";
    }

    private static String item(Row row) {
        return Content.item(row.getInteger(0), row.getString(1), row.getLong(2));
    }

    private static void answer(RoutingContext call, String text) {
        call.response().putHeader("content-type", "application/json").end(text);
    }
}
