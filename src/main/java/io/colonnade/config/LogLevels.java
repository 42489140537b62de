package io.colonnade.config;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The levels that an archive sets for its loggers, in {@code logback.xml} or {@code logging.properties}; the rest of those files is not for nodes. */
public final class LogLevels {
    private static final Logger log = LoggerFactory.getLogger(LogLevels.class);

    private static final Map<String, System.Logger.Level> NAMES = Map.ofEntries(
            Map.entry("ALL", System.Logger.Level.ALL),
            Map.entry("TRACE", System.Logger.Level.TRACE),
            Map.entry("FINEST", System.Logger.Level.TRACE),
            Map.entry("FINER", System.Logger.Level.TRACE),
            Map.entry("DEBUG", System.Logger.Level.DEBUG),
            Map.entry("FINE", System.Logger.Level.DEBUG),
            Map.entry("CONFIG", System.Logger.Level.DEBUG),
            Map.entry("INFO", System.Logger.Level.INFO),
            Map.entry("WARN", System.Logger.Level.WARNING),
            Map.entry("WARNING", System.Logger.Level.WARNING),
            Map.entry("ERROR", System.Logger.Level.ERROR),
            Map.entry("SEVERE", System.Logger.Level.ERROR),
            Map.entry("OFF", System.Logger.Level.OFF));

    private LogLevels() {}

    /** Opens a file of an archive. */
    public interface Files {
        /** The content of the file; null if there is none of that name. */
        @Nullable
        InputStream open(String name);
    }

    /**
     * The levels by the names of loggers; the empty name is the root's. A file that cannot be read is logged and has no effect. Blocks.
     *
     * @param site whose files they are, for the log
     */
    public static Map<String, System.Logger.Level> of(String site, Files files) {
        var levels = new LinkedHashMap<String, System.Logger.Level>();
        try (var properties = files.open("logging.properties");
                var xml = files.open("logback.xml")) {
            if (properties != null) {
                ofProperties(properties, levels);
            }
            if (xml != null) {
                ofXml(xml, levels);
            }
        } catch (IOException | SAXException | ParserConfigurationException | IllegalArgumentException unreadable) {
            log.warn("the logging configuration of the site {} cannot be read: {}", site, unreadable.getMessage());
        }
        return levels;
    }

    private static void ofProperties(InputStream file, Map<String, System.Logger.Level> levels) throws IOException {
        var properties = new Properties();
        properties.load(file);
        for (var key : properties.stringPropertyNames()) {
            if (key.endsWith(".level") && !key.startsWith("java.util.logging.")) {
                put(key.substring(0, key.length() - ".level".length()), properties.getProperty(key), levels);
            }
        }
    }

    private static void ofXml(InputStream file, Map<String, System.Logger.Level> levels)
            throws IOException, SAXException, ParserConfigurationException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        var elements = factory.newDocumentBuilder().parse(file).getElementsByTagName("*");
        for (var i = 0; i < elements.getLength(); i++) {
            var element = (Element) elements.item(i);
            switch (element.getTagName()) {
                case "root" -> put("", element.getAttribute("level"), levels);
                case "logger" -> put(element.getAttribute("name"), element.getAttribute("level"), levels);
                default -> {}
            }
        }
    }

    private static void put(String logger, String level, Map<String, System.Logger.Level> levels) {
        var known = NAMES.get(level.strip().toUpperCase(Locale.ROOT));
        if (known != null) {
            levels.put(logger, known);
        }
    }
}
