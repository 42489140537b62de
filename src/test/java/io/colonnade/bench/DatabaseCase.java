package io.colonnade.bench;

import static io.colonnade.bench.Target.Metric.CPU;

import io.colonnade.bench.site.Content;
import io.colonnade.bench.site.DatabaseSite;
import io.colonnade.it.database.MariaDb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pages that need the database. */
final class DatabaseCase implements Case {
    private static final Ask ROW = Ask.get("one row", "/row");
    private static final Ask ROWS = Ask.get("twenty rows", "/rows");
    private static final Ask INSERT = Ask.post("insert", "/insert");
    private static final String TOMCAT = "haproxy, nginx, tomcat";

    /** As Colonnade's: eight on each of its lanes. */
    private static final int CONNECTIONS = 8 * Runtime.getRuntime().availableProcessors();

    /** What HikariCP's page on MySQL advises, by variant. */
    private static final Map<String, String> OPTIONS = Map.of(
            "good",
            "&cachePrepStmts=true&useServerPrepStmts=true",
            "tuned",
            "&cachePrepStmts=true&prepStmtCacheSize=250&prepStmtCacheSqlLimit=2048&useServerPrepStmts=true"
                    + "&useLocalSessionState=true&rewriteBatchedStatements=true&cacheResultSetMetadata=true"
                    + "&cacheServerConfiguration=true&elideSetAutoCommits=true&maintainTimeStats=false");

    @Override
    public String name() {
        return "database";
    }

    @Override
    public String about() {
        return "One row by its key, twenty rows, one insert with its own commit, on one and the same MariaDB server, whose CPU time"
                + " counts for each: a Colonnade node through the site's own pool; HAProxy, nginx and a servlet on Tomcat with HikariCP"
                + " and Connector/J. Each has "
                + CONNECTIONS
                + " connections and prepared statements.";
    }

    @Override
    public int seconds(Effort effort) {
        return effort.quick() ? 50 : 190;
    }

    @Override
    public Chapter run(BenchGround ground) throws IOException, BenchException {
        var chapter = new Chapter(this);
        try (var server = MariaDb.open("--max-connections=500");
                var run = new ContestRun(ground, contest(ground, server), chapter)) {
            return run.run();
        }
    }

    private static Contest contest(BenchGround ground, MariaDb server) throws IOException {
        return new Contest(
                List.of(Entry.of(colonnade(ground, server)), new Entry(TOMCAT, tomcats(ground, server))),
                ground.effort().quick() ? List.of(ROW, INSERT) : List.of(ROW, ROWS, INSERT),
                List.of(64),
                List.of(new Target(CPU, ROW.label(), 64, TOMCAT, 0.6)),
                List.of(new Server(server)));
    }

    private static Contender colonnade(BenchGround ground, MariaDb server) throws IOException {
        var port = ground.port();
        var site = BenchNodes.site(DatabaseSite.class).file("db/migration/V1__items.sql", Content.MIGRATION);
        var node = new BenchNodes(ground, site)
                .node("colonnade", port, "--roles", "balancer,web,app,dns", "--database", server.url());
        var withPassword = new Program(
                node.name(), node.folder(), node.command(), Map.of("COLONNADE_DATABASE_PASSWORD", "secret"));
        return new Contender("colonnade", "", port, List.of(withPassword));
    }

    private static List<Contender> tomcats(BenchGround ground, MariaDb server) throws IOException {
        var peers = new Peers(ground);
        var variants = new ArrayList<Contender>();
        for (var variant : Peers.VARIANTS) {
            var ports = List.of(ground.port(), ground.port(), ground.port());
            var url = "jdbc:mysql://127.0.0.1:" + server.port()
                    + "/board_bench?user=board&password=secret&sslMode=DISABLED" + OPTIONS.get(variant);
            var programs = List.of(
                    peers.tomcat(variant, ports.get(2), WebApplication.withDatabase(url, CONNECTIONS)),
                    peers.nginx(variant, ports.get(1), ports.get(2), ground.folder()),
                    peers.haproxy(variant, ports.get(0), ports.get(1)));
            variants.add(new Contender(TOMCAT, variant, ports.get(0), programs));
        }
        return variants;
    }

    /** The database server. */
    private record Server(MariaDb database) implements Part {
        @Override
        public String name() {
            return "mariadbd";
        }

        @Override
        public List<Long> pids() {
            return List.of(database.pid());
        }
    }
}
