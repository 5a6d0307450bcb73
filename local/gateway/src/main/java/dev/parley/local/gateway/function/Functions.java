package dev.parley.local.gateway.function;

import dev.parley.local.gateway.template.FunctionSpec;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Every function of a template, loaded side by side. */
public final class Functions implements AutoCloseable {
    private final Map<String, LambdaFunction> byName;
    private final SharedLibraries libraries;

    private Functions(Map<String, LambdaFunction> byName, SharedLibraries libraries) {
        this.byName = byName;
        this.libraries = libraries;
    }

    /**
     * Loads all functions in parallel.
     *
     * @param folder one settings folder for each is made in it
     * @throws FunctionException when one of them cannot be loaded
     */
    public static Functions load(Collection<FunctionSpec> specs, Path folder, Map<String, String> runtimeVariables) {
        var libraries =
                SharedLibraries.of(specs.stream().map(FunctionSpec::code).toList());
        var loading = new LinkedHashMap<String, CompletableFuture<LambdaFunction>>();
        for (FunctionSpec spec : specs) {
            var loaded = new CompletableFuture<LambdaFunction>();
            loading.put(spec.name(), loaded);
            Thread.ofPlatform().name("load-" + spec.name()).daemon().start(() -> {
                try {
                    loaded.complete(
                            LambdaFunction.load(spec, folder.resolve(spec.name()), runtimeVariables, libraries));
                } catch (Throwable e) { // must reach the waiting thread whatever it is
                    loaded.completeExceptionally(e);
                }
            });
        }
        var byName = new LinkedHashMap<String, LambdaFunction>();
        try {
            loading.forEach((name, loaded) -> byName.put(name, loaded.join()));
        } catch (CompletionException e) {
            byName.values().forEach(LambdaFunction::close);
            libraries.close();
            if (e.getCause() instanceof FunctionException known) {
                throw known;
            }
            throw new FunctionException("A function cannot be loaded: " + e.getCause(), e.getCause());
        }
        return new Functions(byName, libraries);
    }

    /** The function with this logical id. */
    public LambdaFunction get(String name) {
        LambdaFunction function = byName.get(name);
        if (function == null) {
            throw new FunctionException("There is no function " + name);
        }
        return function;
    }

    public Collection<LambdaFunction> all() {
        return byName.values();
    }

    @Override
    public void close() {
        byName.values().forEach(LambdaFunction::close);
        libraries.close();
    }
}
