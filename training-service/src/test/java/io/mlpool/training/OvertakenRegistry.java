package io.mlpool.training;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** A registry in which somebody else becomes the champion just before another version is made it. */
public final class OvertakenRegistry {

    private static final Set<String> MAKING_CHAMPION = Set.of("assign", "replace");

    private OvertakenRegistry() {}

    /** The registry where this version of the model is faster. */
    public static ModelRegistry by(int version, String model, ModelRegistry registry) {
        return (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (_, method, arguments) -> {
                    if (MAKING_CHAMPION.contains(method.getName()) && arguments[1] == Alias.CHAMPION) {
                        registry.assign(model, Alias.CHAMPION, version);
                    }
                    try {
                        return method.invoke(registry, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
