package io.colonnade.app.form;

/**
 * How much of a form may be held in memory: all but its files.
 *
 * @param fields the number of fields
 * @param bytes of the names and values of all fields
 */
public record FormLimits(int fields, int bytes) {}
