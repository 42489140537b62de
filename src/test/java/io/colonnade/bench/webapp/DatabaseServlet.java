package io.colonnade.bench.webapp;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.colonnade.bench.site.Content;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;

/** One row by its key, twenty rows, and one insert, through HikariCP; the parameter {@code url} is that of JDBC. */
public final class DatabaseServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private transient HikariDataSource pool;

    @Override
    public void init() {
        var config = new HikariConfig();
        config.setJdbcUrl(getInitParameter("url"));
        config.setMaximumPoolSize(Integer.parseInt(getInitParameter("connections")));
        config.setInitializationFailTimeout(-1); // the schema may come later
        pool = new HikariDataSource(config);
    }

    @Override
    public void destroy() {
        pool.close();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        var one = request.getServletPath().equals("/row");
        var items = new ArrayList<String>();
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(one ? Content.ROW : Content.ROWS)) {
            statement.setInt(1, Content.KEY);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    items.add(item(rows));
                }
            }
        } catch (SQLException failed) {
            throw new ServletException(failed);
        }
        var text = one ? items.get(0) : "[" + String.join(",", items) + "]";
        BenchServlet.answer(response, "application/json", text);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try (var connection = pool.getConnection();
                var statement = connection.prepareStatement(Content.INSERT)) {
            statement.setString(1, "a visitor");
            BenchServlet.answer(response, "application/json", "{\"inserted\":" + statement.executeUpdate() + "}");
        } catch (SQLException failed) {
            throw new ServletException(failed);
        }
    }

    private static String item(ResultSet row) throws SQLException {
        return Content.item(row.getInt(1), row.getString(2), row.getLong(3));
    }
}
