package io.colonnade.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Free-form settings, which nobody here knows the keys of, as unmodifiable collections in the order they were written. */
final class Plain {
    private Plain() {}

    static List<@Nullable Object> list(Value.Items items) {
        var list = new ArrayList<@Nullable Object>();
        items.items().forEach(item -> list.add(item.plainValue()));
        return Collections.unmodifiableList(list);
    }

    static Map<String, @Nullable Object> map(Value.Fields fields) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        fields.fields().forEach((key, value) -> map.put(key, value.plainValue()));
        return Collections.unmodifiableMap(map);
    }
}
