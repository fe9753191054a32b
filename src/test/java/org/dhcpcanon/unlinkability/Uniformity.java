package org.dhcpcanon.unlinkability;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import smile.math.MathEx;
import smile.math.special.Erf;
import smile.math.special.Gamma;

/** How probable it is, for each of a fixed number of tests, that draws without any order are as uneven as these. */
final class Uniformity {
    private static final int LAGS = 4;
    private static final double MICRO = 1e3;

    private final Map<String, Double> tests = new LinkedHashMap<>();

    private Uniformity() {}

    /** By the name of the test. */
    static Map<String, Double> of(Draws draws) {
        Uniformity uniformity = new Uniformity();
        int[] xids = draws.xids.stream().mapToInt(Integer::intValue).toArray();
        uniformity.bits(xids);
        uniformity.octets(xids);
        uniformity.series("xid", Arrays.stream(xids).asDoubleStream().toArray());
        double[] waits = doubles(draws.waits);
        double[] fuzzes = doubles(draws.fuzzes);
        uniformity.spread("first wait", waits, Draws.SECOND);
        uniformity.spread("T1", fuzzes, Draws.SECOND);
        uniformity.series("first wait", waits);
        uniformity.pairs(xids, waits, fuzzes);
        uniformity.orders("DISCOVER and DISCOVER", draws.discovers, Orders.pairs(Orders.DISCOVER, Orders.DISCOVER));
        uniformity.orders("parameters and REQUEST", draws.requests, Orders.pairs(Orders.PARAMETERS, Orders.REQUEST));
        return uniformity.tests;
    }

    private static double[] doubles(List<Long> values) {
        return values.stream().mapToDouble(Long::doubleValue).toArray();
    }

    /** Each bit is set in half of all xids, and in half of all it is as in the one before. */
    private void bits(int[] xids) {
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int mask = 1 << bit;
            long set = Arrays.stream(xids).filter(xid -> (xid & mask) != 0).count();
            long same = IntStream.range(1, xids.length)
                    .filter(i -> ((xids[i] ^ xids[i - 1]) & mask) == 0)
                    .count();
            tests.put("bit " + bit, coin(set, xids.length));
            tests.put("bit " + bit + " again", coin(same, xids.length - 1));
        }
    }

    private static double coin(long heads, int throwsOfIt) {
        return normal((heads - throwsOfIt / 2.0) / Math.sqrt(throwsOfIt / 4.0));
    }

    /** Both tails. */
    private static double normal(double deviations) {
        return Erf.erfc(Math.abs(deviations) / Math.sqrt(2));
    }

    private void octets(int[] xids) {
        for (int place = 0; place < Integer.BYTES; place++) {
            int[] counts = new int[1 << Byte.SIZE];
            for (int xid : xids) {
                counts[(xid >>> (place * Byte.SIZE)) & 0xff]++;
            }
            tests.put("octet " + place, chiSquare(counts));
        }
    }

    private static double chiSquare(int[] counts) {
        double expected = Arrays.stream(counts).asDoubleStream().sum() / counts.length;
        double sum = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        return Gamma.regularizedUpperIncompleteGamma((counts.length - 1) / 2.0, sum / 2);
    }

    private void series(String name, double[] values) {
        for (int lag = 1; lag <= LAGS; lag++) {
            double[] earlier = Arrays.copyOf(values, values.length - lag);
            double[] later = Arrays.copyOfRange(values, lag, values.length);
            correlation(name + " and the one " + lag + " later", earlier, later);
        }
    }

    /** A wait tells nothing of the xid that is drawn after it, nor of the one before. */
    private void pairs(int[] xids, double[] waits, double[] fuzzes) {
        double[] search = new double[waits.length];
        double[] renewal = new double[waits.length];
        for (int i = 0; i < waits.length; i++) {
            search[i] = xids[2 * i];
            renewal[i] = xids[2 * i + 1];
        }
        correlation("wait and xid", waits, search);
        correlation("fuzz and xid", fuzzes, renewal);
        correlation("wait and fuzz", waits, fuzzes);
    }

    private void correlation(String name, double[] one, double[] other) {
        // Of draws that do not vary it is not a number, which must count as the worst.
        double correlation = MathEx.cor(one, other);
        tests.put(name, Double.isNaN(correlation) ? 0 : normal(correlation * Math.sqrt(one.length)));
    }

    /** Kolmogorov and Smirnov's: uniform between minus and plus the limit. */
    private void spread(String name, double[] values, double limit) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double farthest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double share = (sorted[i] + limit) / (2 * limit);
            farthest =
                    Math.max(farthest, Math.max((i + 1.0) / sorted.length - share, share - (double) i / sorted.length));
        }
        tests.put(name, Math.min(1, 2 * Math.exp(-2 * sorted.length * farthest * farthest)));
        tests.put(name + ", finest part", finest(values));
    }

    /** The microseconds, which tell more than the rest if they are not random. */
    private static double finest(double[] values) {
        int[] counts = new int[1000];
        for (double value : values) {
            counts[Math.floorMod((long) (value / MICRO), 1000)]++;
        }
        return chiSquare(counts);
    }

    private void orders(String name, Map<String, Integer> counts, Collection<String> allowed) {
        if (!allowed.containsAll(counts.keySet())) {
            throw new AssertionError(name + ": an order that may not be, in " + counts.keySet());
        }
        tests.put(
                name,
                chiSquare(allowed.stream()
                        .mapToInt(order -> counts.getOrDefault(order, 0))
                        .toArray()));
        tests.put(name + ", all there", counts.size() == allowed.size() ? 1.0 : 0.0);
    }
}
