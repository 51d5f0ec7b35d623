package org.countyhub.imaging.pages;

import jakarta.servlet.http.HttpServletResponse;

/** What browsers are told not to do with pages: load from elsewhere, run what is written into them, tell others where they were. */
public final class SecurityHeaders {
    /**
     * Nothing inline and nothing from elsewhere; pictures and documents also from memory. Safari before 15.5 knows no worker-src and goes by child-src.
     */
    private static final String PAGE =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; child-src 'self'; font-src 'self'; "
                    + "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

    /** Of a worker that decodes: WebAssembly, which pages are not allowed. A worker goes by the policy of its own answer. */
    private static final String WORKER =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'";

    /** Of OHIF: it writes styles into its page, and shows thumbnails, documents and films from memory. */
    private static final String OHIF =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; "
                    + "font-src 'self'; media-src 'self' blob:; object-src 'self' blob:; frame-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

    /** Of a script of OHIF, which may be that of a worker: it takes its other parts from here. */
    private static final String OHIF_SCRIPT =
            "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'";

    /** Of a worker of OHIF with compiled libraries: they make functions from text, which is allowed nowhere else. */
    private static final String OHIF_COMPILING =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval'; connect-src 'self'; base-uri 'none'";

    private SecurityHeaders() {}

    /** For a page. */
    public static void page(HttpServletResponse response) {
        all(response, PAGE);
        response.setHeader("Cache-Control", "no-store");
    }

    /** For the page of OHIF. */
    static void ohif(HttpServletResponse response) {
        all(response, OHIF);
        response.setHeader("Cache-Control", "no-store");
    }

    /** For a script of OHIF. */
    static void ohifScript(HttpServletResponse response) {
        all(response, OHIF_SCRIPT);
    }

    /** For the script of a worker of OHIF that decodes, or makes surfaces. */
    static void ohifCompiling(HttpServletResponse response) {
        all(response, OHIF_COMPILING);
    }

    /** For the script of a worker. */
    static void worker(HttpServletResponse response) {
        all(response, WORKER);
    }

    /** For any other file. */
    static void file(HttpServletResponse response) {
        all(response, "default-src 'none'");
    }

    private static void all(HttpServletResponse response, String policy) {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Robots-Tag", "noindex");
    }
}
