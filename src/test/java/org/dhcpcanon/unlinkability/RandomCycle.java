package org.dhcpcanon.unlinkability;

/**
 * Undoes {@code java.util.Random}. Its generator steps through all 2^48 states in one cycle and shows the upper 32 bits of each, so two
 * outputs of one generator give away the state, and the state's place on the cycle is a number that grows slowly in one process and is
 * far from every other process's.
 */
final class RandomCycle {
    private static final long MULTIPLIER = 0x5_deec_e66dL;
    private static final long INCREMENT = 0xb;
    private static final long MASK = (1L << 48) - 1;
    private static final int HIDDEN = 1 << 16;
    /** How many draws there may be from one xid to the next. */
    private static final int FARTHEST = 4;

    /** How many draws there may be from the xid of a search to that of the renewal. */
    private static final int HORIZON = 64;
    /** Times the multiplier it is 1, modulo 2^48. */
    private static final long INVERSE = 0xdfe0_5bcb_1365L;

    private static final long WAIT_MASK = (1L << 21) - 1;

    private RandomCycle() {}

    /** The place of the first output, 0..1; -1 if the two are not of one generator, nearly always right. */
    static double place(int first, int second) {
        for (int hidden = 0; hidden < HIDDEN; hidden++) {
            long start = (first & 0xffff_ffffL) << 16 | hidden;
            long state = start;
            for (int step = 0; step < FARTHEST; step++) {
                state = state * MULTIPLIER + INCREMENT & MASK;
                if ((int) (state >>> 16) == second) {
                    return (double) stepsFromZero(start) / MASK;
                }
            }
        }
        return -1;
    }

    /**
     * Whether a xid and the wait that was drawn just before it tell a later xid.
     *
     * @param wait as it was drawn: the lowest 21 bits of an output
     */
    static boolean foretells(int xid, int wait, int later) {
        for (int hidden = 0; hidden < HIDDEN; hidden++) {
            long state = (xid & 0xffff_ffffL) << 16 | hidden;
            long before = (state - INCREMENT) * INVERSE & MASK;
            if ((before >>> 16 & WAIT_MASK) == wait && comes(state, later)) {
                return true;
            }
        }
        return false;
    }

    private static boolean comes(long start, int output) {
        long state = start;
        for (int step = 0; step < HORIZON; step++) {
            state = state * MULTIPLIER + INCREMENT & MASK;
            if ((int) (state >>> 16) == output) {
                return true;
            }
        }
        return false;
    }

    /**
     * How many steps lead from state 0 to this one, bit by bit: 2^i steps leave the lower i bits of a state alone and turn the next one,
     * so each bit of the state says whether those 2^i steps are in it.
     */
    static long stepsFromZero(long target) {
        long multiplier = MULTIPLIER;
        long increment = INCREMENT;
        long state = 0;
        long steps = 0;
        for (long bit = 1; bit <= MASK; bit <<= 1) {
            if (((state ^ target) & bit) != 0) {
                state = state * multiplier + increment & MASK;
                steps |= bit;
            }
            increment = increment * multiplier + increment & MASK;
            multiplier = multiplier * multiplier & MASK;
        }
        return steps;
    }
}
