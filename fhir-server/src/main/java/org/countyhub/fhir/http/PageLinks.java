package org.countyhub.fhir.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.countyhub.kernel.Problem;

/**
 * What a page link carries: the place where the next page starts, signed, so that nobody can make the server start from
 * a place it never named. The server keeps nothing about a search.
 */
final class PageLinks {
    private static final char SEPARATOR = '\u001F';
    private static final int SIGNATURE_BYTES = 16;
    private static final int MAX_LENGTH = 4_000;

    private final SecretKeySpec key;

    PageLinks(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** @param scope what the values are a place in; a link is good for nothing else */
    String encode(String scope, List<String> values) {
        byte[] payload = String.join(String.valueOf(SEPARATOR), values).getBytes(StandardCharsets.UTF_8);
        byte[] signed = Arrays.copyOf(payload, payload.length + SIGNATURE_BYTES);
        System.arraycopy(sign(scope, payload), 0, signed, payload.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed);
    }

    List<String> decode(String scope, String cursor) {
        byte[] signed;
        try {
            signed = Base64.getUrlDecoder().decode(cursor.length() > MAX_LENGTH ? "" : cursor);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (signed.length < SIGNATURE_BYTES) {
            throw invalid();
        }
        byte[] payload = Arrays.copyOf(signed, signed.length - SIGNATURE_BYTES);
        byte[] signature = Arrays.copyOfRange(signed, payload.length, signed.length);
        if (!MessageDigest.isEqual(signature, Arrays.copyOf(sign(scope, payload), SIGNATURE_BYTES))) {
            throw invalid();
        }
        return List.of(new String(payload, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), -1));
    }

    private static RuntimeException invalid() {
        return Problem.badSearch("_cursor", "the page link was not made by this server for this request");
    }

    private byte[] sign(String scope, byte[] payload) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(scope.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(payload);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
