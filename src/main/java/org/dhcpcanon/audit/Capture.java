package org.dhcpcanon.audit;

import java.util.List;

/**
 * What could be read of a file.
 *
 * @param packets how many it holds, those of unknown link types included
 * @param warnings what could not be read, in words
 */
public record Capture(List<Frame> frames, int packets, List<String> warnings) {
    public Capture {
        frames = List.copyOf(frames);
        warnings = List.copyOf(warnings);
    }
}
