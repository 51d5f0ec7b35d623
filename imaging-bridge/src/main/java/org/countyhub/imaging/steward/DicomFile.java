package org.countyhub.imaging.steward;

import java.io.InputStream;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A file of PS3.10 as an answer; it is kept nowhere on its way. */
final class DicomFile {
    private DicomFile() {}

    /** @param file is closed when it is sent */
    static ResponseEntity<InputStreamResource> answer(InputStream file, String name) {
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("application/dicom"))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(new InputStreamResource(file));
    }
}
