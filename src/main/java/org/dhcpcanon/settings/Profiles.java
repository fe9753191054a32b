package org.dhcpcanon.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dhcpcanon.client.Profile;

/** The profiles that come with the program, each a readable file in the jar. */
public final class Profiles {
    /** All names, the default first. */
    public static final List<String> NAMES = List.of("strict", "android", "windows", "plain");

    /** Read once: a client that begins must not wait for it. */
    private static final Map<String, Profile> BUILT_IN =
            NAMES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), Profiles::read));

    private Profiles() {}

    /** The default. */
    public static Profile strict() {
        return byName("strict");
    }

    /**
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Profile byName(String name) {
        Profile profile = BUILT_IN.get(name);
        if (profile == null) {
            throw new IllegalArgumentException("no profile " + name);
        }
        return profile;
    }

    private static Profile read(String name) {
        try {
            return ProfileReader.read(name + ".profile", name, text(name));
        } catch (MistakeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file of a built-in profile, to be copied and changed. */
    public static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(Profiles.class.getResourceAsStream("profiles/" + name + ".profile"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
