package org.dhcpcanon.unlinkability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import smile.classification.KNN;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.IntVector;
import smile.math.MathEx;

/**
 * Two classifiers that learn from one half of all sessions whose machine each was, and say it of the other half; and how well it can be
 * said of two sessions of the other half whether they are of one machine: the area under the curve, that is, the probability that a pair
 * of one machine looks closer than a pair of two.
 *
 * @param neighbour the share of right answers of the nearest neighbour
 * @param forest the same of a random forest
 * @param distance the area by the distance of the sessions
 * @param votes the same by what the forest thinks of each
 */
record Linking(double neighbour, double forest, double distance, double votes) {
    private static final int TREES = 60;
    private static final int DEPTH = 20;

    double best() {
        return Math.max(neighbour, forest);
    }

    /** How far the better measure of pairs is from tossing a coin. */
    double pairs() {
        return Math.max(Math.abs(distance - 0.5), Math.abs(votes - 0.5));
    }

    /** @param traits for each machine, of each session of it */
    static Linking of(List<List<double[]>> traits) {
        List<double[]> rows = new ArrayList<>();
        List<Integer> machines = new ArrayList<>();
        for (int machine = 0; machine < traits.size(); machine++) {
            for (double[] row : traits.get(machine)) {
                rows.add(row);
                machines.add(machine);
            }
        }
        int[] order = shuffled(rows.size());
        double[][] scaled = scaled(rows);
        double[][] x = Arrays.stream(order).mapToObj(i -> scaled[i]).toArray(double[][]::new);
        int[] y = Arrays.stream(order).map(machines::get).toArray();
        return judge(x, y);
    }

    /** The split is always the same: what varies is the sessions. */
    private static int[] shuffled(int count) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        java.util.Collections.shuffle(order, new Random(1));
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Linking judge(double[][] x, int[] y) {
        int half = x.length / 2;
        double[][] known = Arrays.copyOf(x, half);
        int[] knownMachines = Arrays.copyOf(y, half);
        double[][] asked = Arrays.copyOfRange(x, half, x.length);
        int[] truth = Arrays.copyOfRange(y, half, y.length);
        KNN<double[]> neighbour = KNN.fit(known, knownMachines, 1);
        int[] said = new int[truth.length];
        double[][] votes = votes(known, knownMachines, asked, said);
        return new Linking(
                share(neighbour.predict(asked), truth),
                share(said, truth),
                Pairs.area(truth, (i, j) -> -MathEx.squaredDistance(asked[i], asked[j])),
                Pairs.area(truth, (i, j) -> MathEx.dot(votes[i], votes[j])));
    }

    /**
     * How the trees vote for each session.
     *
     * @param said is filled with the machine that has the most
     */
    private static double[][] votes(double[][] known, int[] machines, double[][] asked, int[] said) {
        DataFrame learn = DataFrame.of(known).merge(IntVector.of("machine", machines));
        Properties settings = new Properties();
        settings.setProperty("smile.random.forest.trees", Integer.toString(TREES));
        settings.setProperty("smile.random.forest.max.depth", Integer.toString(DEPTH));
        settings.setProperty("smile.random.forest.max.nodes", Integer.toString(known.length));
        settings.setProperty("smile.random.forest.mtry", Integer.toString(Math.max(1, known[0].length / 3)));
        RandomForest forest = RandomForest.fit(Formula.lhs("machine"), learn, settings);
        DataFrame ask = DataFrame.of(asked).merge(IntVector.of("machine", new int[asked.length]));
        double[][] votes = new double[asked.length][Population.MACHINES];
        for (int i = 0; i < asked.length; i++) {
            said[i] = forest.predict(ask.get(i), votes[i]);
        }
        return votes;
    }

    private static double share(int[] said, int[] truth) {
        long right = IntStream.range(0, truth.length)
                .filter(i -> said[i] == truth[i])
                .count();
        return (double) right / truth.length;
    }

    /** Every trait with mean 0 and deviation 1; those that are the same in all sessions say nothing and are left out. */
    private static double[][] scaled(List<double[]> rows) {
        int width = rows.get(0).length;
        List<double[]> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int column = i;
            double[] values = rows.stream().mapToDouble(row -> row[column]).toArray();
            double mean = Arrays.stream(values).average().orElseThrow();
            double deviation = Math.sqrt(Arrays.stream(values)
                    .map(v -> (v - mean) * (v - mean))
                    .average()
                    .orElseThrow());
            if (deviation > 1e-12) {
                columns.add(
                        Arrays.stream(values).map(v -> (v - mean) / deviation).toArray());
            }
        }
        return IntStream.range(0, rows.size())
                .mapToObj(row -> columns.stream().mapToDouble(c -> c[row]).toArray())
                .toArray(double[][]::new);
    }
}
