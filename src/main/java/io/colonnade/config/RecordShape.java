package io.colonnade.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A record type and its defaults, seen by dashed keys.
 *
 * @param defaults the values of the components that are not given
 */
record RecordShape<R extends Record>(Class<R> type, R defaults) {
    Optional<RecordComponent> component(String key) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> Keys.dashed(component).equals(key))
                .findFirst();
    }

    /** The default of a component. */
    Object value(RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(defaults);
        } catch (ReflectiveOperationException defect) {
            throw new IllegalStateException(defect);
        }
    }

    /**
     * The record with these components, by key, and the defaults of all others.
     *
     * @throws IllegalArgumentException if the record's own checks refuse them
     */
    R with(Map<String, Object> given) {
        var arguments = Arrays.stream(type.getRecordComponents())
                .map(component -> given.getOrDefault(Keys.dashed(component), value(component)))
                .toArray();
        try {
            return constructor().newInstance(arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(thrown);
        } catch (ReflectiveOperationException defect) {
            throw new IllegalStateException(defect);
        }
    }

    private Constructor<R> constructor() throws NoSuchMethodException {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        var constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    /** The instance {@code DEFAULTS} that every record of settings has. */
    static <R extends Record> R defaultsOf(Class<R> type) {
        try {
            var field = type.getDeclaredField("DEFAULTS");
            field.setAccessible(true);
            return type.cast(field.get(null));
        } catch (ReflectiveOperationException defect) {
            throw new IllegalStateException(type + " has no DEFAULTS", defect);
        }
    }

    /** The key that a text stands for when it is given in place of the record, if there is one. */
    static Optional<String> shorthand(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Shorthand.class))
                .map(Keys::dashed)
                .findFirst();
    }
}
