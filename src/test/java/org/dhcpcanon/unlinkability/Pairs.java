package org.dhcpcanon.unlinkability;

import java.util.Arrays;

/** Pairs of sessions, by how close they look. */
final class Pairs {
    /** More sessions make more pairs than fit, and the measure no sharper. */
    private static final int MOST = 1000;

    /** How close two sessions look, by their numbers; more is closer. */
    @FunctionalInterface
    interface Closeness {
        double of(int one, int other);
    }

    private Pairs() {}

    /**
     * The area under the curve.
     *
     * @param machines of each session
     * @return 0..1; 0.5 if closeness says nothing
     */
    static double area(int[] machines, Closeness closeness) {
        int count = Math.min(machines.length, MOST);
        double[] same = new double[count * count / 2];
        double[] different = new double[count * count / 2];
        int sames = 0;
        int differents = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (machines[i] == machines[j]) {
                    same[sames++] = closeness.of(i, j);
                } else {
                    different[differents++] = closeness.of(i, j);
                }
            }
        }
        return area(Arrays.copyOf(same, sames), Arrays.copyOf(different, differents));
    }

    /** The share of pairs of pairs in which the one of one machine is closer; the undecided count half. */
    private static double area(double[] same, double[] different) {
        Arrays.sort(same);
        Arrays.sort(different);
        double won = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : same) {
            while (below < different.length && different[below] < value) {
                below++;
            }
            while (notAbove < different.length && different[notAbove] <= value) {
                notAbove++;
            }
            won += (below + notAbove) / 2.0;
        }
        return won / same.length / different.length;
    }
}
