package io.colonnade.bench.webapp;

import io.colonnade.bench.site.Content;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answers that need no database. */
public final class BenchServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getServletPath()) {
            case "/hello" -> answer(response, "text/plain", Content.HELLO);
            case "/json" -> answer(response, "application/json", Content.JSON);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    static void answer(HttpServletResponse response, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
