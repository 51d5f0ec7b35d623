package org.countyhub.fhir.identity.link;

import java.util.List;
import org.countyhub.fhir.resource.StoredVersion;
import org.jspecify.annotations.Nullable;

/** What there is to be decided again, and how far that has come. Calls join the transaction that the caller has open, if any. */
public interface RematchStore {
    /** What a round goes through. The codes are stored. */
    enum Work {
        /** Questions to stewards that nobody has taken up or answered. */
        QUESTIONS(0),
        /** Patients that are the only one of their person, where no question to stewards that is open names either. */
        LONERS(1);

        private final int code;

        Work(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /**
     * One round with one model through all there is, in the order of the resources' numbers. It may begin anywhere, and is done when
     * it has come round to where it began.
     *
     * @param model version of the model
     * @param began number after which it began
     * @param position number up to which it has come
     * @param wrapped whether it has gone on from the first number since
     */
    record Round(int model, long began, long position, boolean wrapped) {
        static Round begin(int model, long after) {
            return new Round(model, after, after, false);
        }

        Round at(long number) {
            return new Round(model, began, number, wrapped);
        }

        /** At the end of all numbers: goes on from the first, or is done. */
        Round turned() {
            return new Round(model, began, wrapped ? began : 0, true);
        }

        boolean done() {
            return wrapped && position >= began;
        }
    }

    /** The latest round; null when there was none. */
    @Nullable
    Round round(Work work);

    /** Keeps how far a round has come. */
    void keep(Work work, Round round);

    /** The next Tasks or Patients with a number greater than {@code after}, in the order of their numbers. */
    List<StoredVersion> next(Work work, long after, int most);
}
