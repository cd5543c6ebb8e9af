package org.osteon.model.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.osteon.process.ChildJvm;

/** How a process of our own is started that calls the engine. */
public final class EngineProcess {
  /** What the engine and a GPU's driver read. */
  private static final Predicate<String> ENVIRONMENT =
      name ->
          List.of("CUDA", "NVIDIA", "DJL", "PYTORCH", "OMP", "MKL").stream()
              .anyMatch(name::startsWith);

  private EngineProcess() {}

  /**
   * Not started yet; see {@link ChildJvm#of}.
   *
   * @param options further ones of the JVM
   */
  public static ProcessBuilder of(
      Class<?> main, int heapMb, List<String> options, List<String> arguments) {
    List<String> all = new ArrayList<>(List.of("-Dai.djl.offline=true"));
    all.addAll(options);
    return ChildJvm.of(main, heapMb, all, arguments, ENVIRONMENT);
  }
}
