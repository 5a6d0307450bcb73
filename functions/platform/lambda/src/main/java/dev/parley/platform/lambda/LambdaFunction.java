package dev.parley.platform.lambda;

import dev.parley.kernel.Settings;
import java.util.List;

/**
 * The one function of a jar. A context extends it in its {@code function} package, names the class in the jar's {@code Start-Class} and wires
 * itself in {@link #wire}: that is the only place where its use cases meet their stores.
 */
public abstract class LambdaFunction {
    /**
     * Wires the context. Called once, when the function starts, on a thread of its own.
     *
     * @param settings what this function was configured with
     * @return what it answers
     */
    protected abstract EventRouter wire(Settings settings);

    /**
     * What the function will need and what can be loaded without its settings and its stores: done beside the wiring, each by the next thread that
     * has nothing else to do. One that fails is a line in the log, {@code not loaded ahead}.
     */
    protected List<Runnable> ahead() {
        return List.of();
    }
}
