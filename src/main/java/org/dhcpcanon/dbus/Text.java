package org.dhcpcanon.dbus;

import org.jspecify.annotations.Nullable;

/** Header fields as the library gives them: missing ones are null. */
final class Text {
    private Text() {}

    static String of(@Nullable String field) {
        return field == null ? "" : field;
    }
}
