package io.colonnade.telemetry;

/** How an event is written to stderr. */
public enum LogFormat {
    /** One readable line. */
    TEXT,
    /** One JSON object on a line. */
    JSON
}
