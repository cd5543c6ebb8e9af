package org.osteon.model.engine;

/**
 * How the CPUs that this process really has (cgroup limits and affinity counted in) are shared out.
 *
 * @param decodeThreads threads that decode
 * @param inferenceThreads threads that call the model
 * @param intraOpThreads threads that one model call uses inside the engine
 */
public record Cpus(int decodeThreads, int inferenceThreads, int intraOpThreads) {

  /**
   * What is asked for. Where nothing is, on a CPU one call per core, which {@link ThreadChoice}
   * holds against other ways; on a GPU the CPUs decode, and two threads keep the device's queue
   * from running empty.
   *
   * @param decode threads asked for, or 0
   * @param inference threads asked for, or 0
   */
  public static Cpus share(boolean gpu, int decode, int inference) {
    int cpus = Runtime.getRuntime().availableProcessors();
    int inferenceThreads = inference > 0 ? inference : gpu ? 2 : cpus;
    int decodeThreads = decode > 0 ? decode : cpus;
    int intraOp = gpu ? 1 : Math.max(1, cpus / inferenceThreads);
    return new Cpus(decodeThreads, inferenceThreads, intraOp);
  }

  /** The same decode threads beside another way to call the model. */
  public Cpus calling(int inference, int intraOp) {
    return new Cpus(decodeThreads, inference, intraOp);
  }

  /** Threads that call the model × threads inside each call. */
  public String split() {
    return inferenceThreads + " × " + intraOpThreads;
  }

  /**
   * One thread for everything. Threads inside the engine wait for each other by spinning: where
   * another process has a core, two are many times slower than one.
   */
  public static Cpus single() {
    return new Cpus(1, 1, 1);
  }
}
