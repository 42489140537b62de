package io.colonnade.foobar;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message that is to be posted. All its values have been checked.
 *
 * @param upload the picture; null if there is none
 * @param idempotencyKey the client's key for this post; null if the client does not mind repetitions
 */
record Draft(User author, String text, @Nullable Upload upload, @Nullable String idempotencyKey) {

    @Nullable
    Picture picture() {
        return upload == null ? null : upload.picture();
    }

    /** A digest of text and picture: 64 hexadecimal digits. */
    String fingerprint() {
        var sha256 = Upload.sha256();
        sha256.update(text.getBytes(StandardCharsets.UTF_8));
        if (upload != null) {
            // This byte occurs in no UTF-8 text, so that text and digest cannot be confused.
            sha256.update((byte) 0xff);
            sha256.update(upload.picture().digest().getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
