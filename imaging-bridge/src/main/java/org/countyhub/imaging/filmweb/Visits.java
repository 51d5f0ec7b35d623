package org.countyhub.imaging.filmweb;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.countyhub.imaging.film.FilmService;
import org.countyhub.imaging.http.ClientAddress;
import org.countyhub.kernel.Fault;
import org.countyhub.kernel.Problem;

/** Who asks for something of a link, and whether they may. */
final class Visits {
    static final String COOKIE = "film";

    private static final int LONGEST_AGENT = 200;

    private final FilmService films;

    Visits(FilmService films) {
        this.films = films;
    }

    static FilmService.Visitor visitor(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        String known = agent == null ? "" : agent.replaceAll("\\p{Cntrl}", " ");
        return new FilmService.Visitor(
                ClientAddress.of(request).getHostAddress(),
                known.substring(0, Math.min(known.length(), LONGEST_AGENT)));
    }

    private static String cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE)) {
                    return cookie.getValue();
                }
            }
        }
        return "";
    }

    /** What the request's cookie stands for at this moment. */
    FilmService.Standing standing(String id, HttpServletRequest request) {
        return films.standing(id, cookie(request));
    }

    /** The open link; Problem.Forbidden for whoever has not opened it, Problem.Gone once it has ended. */
    FilmService.Standing.Stands required(String id, HttpServletRequest request) {
        return switch (standing(id, request)) {
            case FilmService.Standing.Stands stands -> stands;
            case FilmService.Standing.Ended ignored -> throw gone();
            case FilmService.Standing.None ignored ->
                throw new Problem.Forbidden(List.of(Fault.of("forbidden", "open the link first"))).exception();
        };
    }

    static RuntimeException gone() {
        return new Problem.Gone(List.of(Fault.of("deleted", "the link has ended")), "film").exception();
    }
}
