package org.countyhub.fhir.store.sql;

import java.util.List;
import java.util.stream.LongStream;
import org.countyhub.fhir.search.index.SearchParameter;
import org.countyhub.fhir.search.model.Criterion;
import org.countyhub.fhir.search.model.TokenValue;
import org.countyhub.kernel.Sql;

/** Token search (FHIR R4 section 3.1.1.4.10) on {@code search_token}. */
final class TokenSql {
    private TokenSql() {}

    /** Rows of search_token under the alias {@code t} that the criterion accepts. */
    static Sql rows(Criterion.Tokens tokens) {
        List<SearchParameter> parameters = Parameters.stored(tokens.parameter());
        long[] whole = values(parameters, tokens.anyOf(), false);
        long[] coded = values(parameters, tokens.anyOf(), true);
        Sql withSystem = coded.length == 0
                ? Sql.EMPTY
                : Sql.of("(")
                        .plus(Parameters.oneOf("t.value_hash", coded))
                        .plus(" and ")
                        .plus(Parameters.oneOf("t.token_hash", hashes(tokens.anyOf())))
                        .plus(")");
        if (whole.length == 0) {
            return withSystem;
        }
        Sql any = Parameters.oneOf("t.value_hash", whole);
        return withSystem.isEmpty()
                ? any
                : Sql.of("(").plus(any).plus(" or ").plus(withSystem).plus(")");
    }

    /** Whether the rows all lie together in the index by value, in the order of resource numbers. */
    static boolean oneValue(Criterion.Tokens tokens) {
        return tokens.anyOf().size() == 1
                && Parameters.stored(tokens.parameter()).size() == 1;
    }

    private static long[] values(List<SearchParameter> parameters, List<TokenValue> tokens, boolean withSystem) {
        return parameters.stream()
                .flatMapToLong(parameter -> tokens.stream().flatMapToLong(token -> value(parameter, token, withSystem)))
                .distinct()
                .toArray();
    }

    private static LongStream value(SearchParameter parameter, TokenValue token, boolean withSystem) {
        return switch (token) {
            case TokenValue.SystemAndCode both ->
                withSystem ? LongStream.of(IndexKeys.value(parameter, both.code())) : LongStream.empty();
            case TokenValue.CodeWithoutSystem code ->
                withSystem ? LongStream.of(IndexKeys.value(parameter, code.code())) : LongStream.empty();
            case TokenValue.Code code ->
                withSystem ? LongStream.empty() : LongStream.of(IndexKeys.value(parameter, code.code()));
            case TokenValue.AnyOfSystem system ->
                withSystem ? LongStream.empty() : LongStream.of(IndexKeys.systemOnly(parameter, system.system()));
        };
    }

    private static long[] hashes(List<TokenValue> tokens) {
        return tokens.stream()
                .flatMapToLong(token -> switch (token) {
                    case TokenValue.SystemAndCode both -> LongStream.of(IndexKeys.token(both.system(), both.code()));
                    case TokenValue.CodeWithoutSystem code -> LongStream.of(IndexKeys.token(null, code.code()));
                    case TokenValue.Code ignored -> LongStream.empty();
                    case TokenValue.AnyOfSystem ignored -> LongStream.empty();
                })
                .distinct()
                .toArray();
    }
}
