package org.countyhub.bench.county;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Someone who lives in the county.
 *
 * @param number from 1, unique in the county
 * @param phone eleven digits; families share one
 * @param mother of a newborn that has no ID yet; null for everyone else
 * @param birthOrder 1 or 2 of twins without ID, 0 for everyone else
 * @param cards the cards the person owns, whether or not a hospital has seen them; at most one of a type
 * @param registrations at the hospitals the person has been to, at least one
 */
public record Person(
        int number,
        PersonName name,
        Sex sex,
        LocalDate birthDate,
        Address address,
        String phone,
        @Nullable Person mother,
        int birthOrder,
        List<Card> cards,
        List<Registration> registrations) {
    public Person {
        cards = List.copyOf(cards);
        registrations = List.copyOf(registrations);
    }

    public Optional<Card> card(CardType type) {
        return cards.stream().filter(card -> card.type() == type).findFirst();
    }

    /** Whole years on a day. */
    public int ageOn(LocalDate day) {
        return (int) ChronoUnit.YEARS.between(birthDate, day);
    }
}
