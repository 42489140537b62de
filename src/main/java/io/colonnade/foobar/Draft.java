package io.colonnade.foobar;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be posted; valid.
 *
 * @param upload its picture, null if it has none
 * @param idempotencyKey what the client calls this post, null if it doesn't care about repetitions
 */
record Draft(User author, String text, @Nullable Upload upload, @Nullable String idempotencyKey) {

    @Nullable
    Picture picture() {
        return upload == null ? null : upload.picture();
    }

    /** The same for the same text and picture, and for nothing else: 64 hexadecimal digits. */
    String fingerprint() {
        var sha256 = Upload.sha256();
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        if (upload != null) {
            // a byte that is in no UTF-8 text keeps text and digest apart
            sha256.update((byte) 0xff);
            sha256.update(upload.picture().digest().getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
