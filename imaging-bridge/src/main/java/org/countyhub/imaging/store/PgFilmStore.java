package org.countyhub.imaging.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.countyhub.imaging.film.FactorKind;
import org.countyhub.imaging.film.FilmLink;
import org.countyhub.imaging.film.FilmScope;
import org.countyhub.imaging.film.FilmSession;
import org.countyhub.imaging.film.FilmStore;
import org.countyhub.imaging.film.FilmView;
import org.countyhub.imaging.film.SecondFactor;
import org.countyhub.kernel.Db;
import org.countyhub.kernel.Sql;

/** Links, sessions and views in PostgreSQL. */
public final class PgFilmStore implements FilmStore {
    private static final String LINK_COLUMNS = """
            l.id, l.study_uid, l.series_uids, l.priors, l.originals, l.factor, l.factor_failures, l.watermark, l.created, l.created_by,
            l.expires as link_expires, l.revoked, l.revoked_by
            """;

    private static final String SELECT_LINK = "select " + LINK_COLUMNS + " from film_link l ";

    private static final String SELECT_OPEN = "select " + LINK_COLUMNS
            + ", s.secret, s.opened, s.expires, s.address, s.user_agent"
            + " from film_session s join film_link l on l.id = s.link where s.secret = ?";

    private static final String INSERT_LINK = """
            insert into film_link (id, secret, study_uid, series_uids, priors, originals, factor, factor_salt, factor_hash, watermark, created,
                                   created_by, expires)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String COUNT_ATTEMPT = """
            update film_link set factor_failures = factor_failures + 1 where id = ? and factor_failures < ?
            """;

    private static final String INSERT_VIEW = """
            insert into film_view (link, session, at, address, user_agent, what, study_uid, series_uid) values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
            """;

    private static final String REMOVE_SESSIONS = """
            delete from film_session where secret in (select secret from film_session where expires < ? order by expires limit ?)
            """;

    private static final String REMOVE_VIEWS = """
            delete from film_view where id in (select id from film_view where at < ? order by at limit ?)
            """;

    private static final String REMOVE_LINKS = """
            delete from film_link where id in (
              select l.id from film_link l
               where l.expires < ? and not exists (select 1 from film_view v where v.link = l.id)
               order by l.expires limit ?)
            """;

    private final Statements statements;

    public PgFilmStore(Db db) {
        statements = new Statements(db);
    }

    @Override
    public void add(FilmLink link, Lock lock) {
        SecondFactor factor = lock.factor();
        statements.change(Sql.of(
                INSERT_LINK,
                link.id(),
                lock.secretDigest(),
                link.scope().studyUid(),
                link.scope().seriesUids().toArray(String[]::new),
                link.scope().priors(),
                link.scope().originals(),
                link.factor().name(),
                factor == null ? null : factor.salt(),
                factor == null ? null : factor.hash(),
                link.watermark(),
                link.created(),
                link.createdBy(),
                link.expires()));
    }

    @Override
    public Optional<FilmLink> link(String id) {
        return statements.select(Sql.of(SELECT_LINK).plus("where l.id = ?", id), PgFilmStore::link).stream()
                .findFirst();
    }

    @Override
    public Optional<Lock> lock(String id) {
        return statements
                .select(Sql.of("select secret, factor_salt, factor_hash from film_link where id = ?", id), row -> {
                    byte[] hash = row.getBytes("factor_hash");
                    return new Lock(
                            row.getBytes("secret"),
                            hash == null ? null : new SecondFactor(row.getBytes("factor_salt"), hash));
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<FilmLink> links(Optional<String> studyUid, Optional<String> before, int limit) {
        Sql sql = Sql.of(SELECT_LINK).plus("where true");
        if (studyUid.isPresent()) {
            sql = sql.plus(" and l.study_uid = ?", studyUid.get());
        }
        if (before.isPresent()) {
            sql = sql.plus(
                    " and (l.created, l.id) < (select b.created, b.id from film_link b where b.id = ?)", before.get());
        }
        return statements.select(sql.plus(" order by l.created desc, l.id desc limit ?", limit), PgFilmStore::link);
    }

    @Override
    public void change(String id, Instant expires, boolean originals, boolean unlock) {
        statements.change(Sql.of(
                "update film_link set expires = ?, originals = ?, factor_failures = case when ? then 0 else factor_failures end where id = ?",
                expires,
                originals,
                unlock,
                id));
    }

    @Override
    public void revoke(String id, FilmLink.Revocation revocation) {
        statements.change(Sql.of(
                "update film_link set revoked = ?, revoked_by = ? where id = ?", revocation.at(), revocation.by(), id));
    }

    @Override
    public void remove(String id) {
        statements.change(Sql.of("delete from film_link where id = ?", id));
    }

    @Override
    public boolean countAttempt(String id) {
        return statements.change(Sql.of(COUNT_ATTEMPT, id, FilmLink.MAX_FAILURES)) == 1;
    }

    @Override
    public void forgetAttempts(String id) {
        statements.change(Sql.of("update film_link set factor_failures = 0 where id = ?", id));
    }

    @Override
    public void add(String link, FilmSession session) {
        statements.change(Sql.of(
                "insert into film_session (secret, link, opened, expires, address, user_agent) values (?, ?, ?, ?, ?, ?)",
                session.digest(),
                link,
                session.opened(),
                session.expires(),
                session.address(),
                session.userAgent()));
    }

    @Override
    public Optional<Open> open(byte[] sessionDigest) {
        return statements
                .select(
                        Sql.of(SELECT_OPEN, sessionDigest),
                        row -> new Open(
                                link(row),
                                new FilmSession(
                                        row.getBytes("secret"),
                                        Statements.instant(row, "opened"),
                                        Statements.instant(row, "expires"),
                                        row.getString("address"),
                                        row.getString("user_agent"))))
                .stream()
                .findFirst();
    }

    @Override
    public void end(byte[] sessionDigest) {
        statements.change(Sql.of("delete from film_session where secret = ?", sessionDigest));
    }

    @Override
    public void forget(byte[] sessionDigest) {
        statements.change(Sql.of("delete from film_view where session = ?", sessionDigest));
        end(sessionDigest);
    }

    @Override
    public void add(String link, byte[] sessionDigest, FilmView view) {
        statements.change(Sql.of(
                INSERT_VIEW,
                link,
                sessionDigest,
                view.at(),
                view.address(),
                view.userAgent(),
                view.what().name(),
                view.studyUid(),
                view.seriesUid()));
    }

    @Override
    public List<FilmView> views(String link, long afterId, int limit) {
        return statements.select(
                Sql.of(
                        "select id, at, address, user_agent, what, study_uid, series_uid from film_view where link = ? and id > ? order by id limit ?",
                        link,
                        afterId,
                        limit),
                row -> new FilmView(
                        row.getLong("id"),
                        Statements.instant(row, "at"),
                        row.getString("address"),
                        row.getString("user_agent"),
                        FilmView.What.valueOf(row.getString("what")),
                        row.getString("study_uid"),
                        row.getString("series_uid")));
    }

    @Override
    public int removeSessions(Instant endedBefore, int limit) {
        return statements.change(Sql.of(REMOVE_SESSIONS, endedBefore, limit));
    }

    @Override
    public int removeViews(Instant before, int limit) {
        return statements.change(Sql.of(REMOVE_VIEWS, before, limit));
    }

    @Override
    public int removeLinks(Instant endedBefore, int limit) {
        return statements.change(Sql.of(REMOVE_LINKS, endedBefore, limit));
    }

    private static FilmLink link(ResultSet row) throws SQLException {
        OffsetDateTime revoked = row.getObject("revoked", OffsetDateTime.class);
        return new FilmLink(
                row.getString("id"),
                new FilmScope(
                        row.getString("study_uid"),
                        Set.copyOf(Arrays.asList(
                                (String[]) row.getArray("series_uids").getArray())),
                        row.getBoolean("priors"),
                        row.getBoolean("originals")),
                FactorKind.valueOf(row.getString("factor")),
                row.getInt("factor_failures"),
                row.getString("watermark"),
                Statements.instant(row, "created"),
                row.getString("created_by"),
                Statements.instant(row, "link_expires"),
                revoked == null
                        ? Optional.empty()
                        : Optional.of(new FilmLink.Revocation(revoked.toInstant(), row.getString("revoked_by"))));
    }
}
