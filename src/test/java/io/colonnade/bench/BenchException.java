package io.colonnade.bench;

/** Why a case has no figure. The message is what the report says instead. */
final class BenchException extends Exception {
    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }
}
