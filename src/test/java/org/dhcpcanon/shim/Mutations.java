package org.dhcpcanon.shim;

import java.util.Random;

/** Texts that were damaged, by accident or on purpose. */
final class Mutations {
    private Mutations() {}

    /** Pieces left out, doubled, moved and replaced, a few at once. */
    static String of(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int times = 1 + random.nextInt(5); times > 0; times--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(40));
            String piece = text.substring(from, to);
            int target = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(target, piece);
                case 2 -> text.insert(target, "{}\";,#\\\n\u0000\ud800=-:/.".charAt(random.nextInt(15)));
                default -> text.replace(from, to, new String(new char[] {(char) random.nextInt(300)}));
            }
        }
        return text.toString();
    }
}
