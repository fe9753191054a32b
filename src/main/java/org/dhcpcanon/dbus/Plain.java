package org.dhcpcanon.dbus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** The library's values as those of the JDK, for who only reads. */
public final class Plain {
    private Plain() {}

    /**
     * Variants become what is in them, paths texts, arrays lists, and dictionaries maps. Of unsigned 64-bit numbers, those above
     * {@link Long#MAX_VALUE} become that.
     */
    public static Object of(Object value) {
        if (value instanceof Variant<?> variant) {
            return of(variant.getValue());
        } else if (value instanceof DBusPath path) {
            return path.getPath();
        } else if (value instanceof UInt64 number) {
            return number.value().bitLength() > Long.SIZE - 1 ? Long.MAX_VALUE : number.longValue();
        } else if (value instanceof Map<?, ?> map) {
            return map(map);
        } else if (value instanceof Object[] array) {
            return list(Arrays.asList(array));
        }
        return value instanceof List<?> list ? list(list) : value;
    }

    private static Map<String, Object> map(Map<?, ?> entries) {
        Map<String, Object> plain = new LinkedHashMap<>();
        entries.forEach((key, value) -> plain.put(of(key).toString(), of(value)));
        return plain;
    }

    private static List<Object> list(List<?> values) {
        List<Object> plain = new ArrayList<>();
        values.forEach(value -> plain.add(of(value)));
        return plain;
    }
}
