package org.osteon.model.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DJL's PyTorch engine, of which a process has one, offline. */
public final class DjlEngine {
  static final String NAME = "PyTorch";

  private static final Logger LOG = LoggerFactory.getLogger(DjlEngine.class);
  private static final String NUM_THREADS = "ai.djl.pytorch.num_threads";

  private DjlEngine() {}

  /**
   * Sets what the engine reads once, when it is first touched.
   *
   * @param cpus how many threads one model call may use, in threads that do not say otherwise
   */
  public static void configure(Cpus cpus) {
    setDefault("ai.djl.offline", "true");
    setDefault(NUM_THREADS, Integer.toString(cpus.intraOpThreads()));
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    // The profiling executor re-specialises on each batch size, for seconds, and gains nothing on a
    // frozen graph of fixed sizes.
    setDefault("ai.djl.pytorch.graph_optimizer", "false");
  }

  /** What was asked for, with as many threads in a call as the engine was configured with. */
  public static Cpus asConfigured(Cpus asked) {
    int inside = Integer.getInteger(NUM_THREADS, asked.intraOpThreads());
    return asked.calling(asked.inferenceThreads(), inside);
  }

  /**
   * Begins to load the engine's libraries, a second's work, while the caller does something else.
   * The first caller that needs the engine is told what went wrong.
   */
  public static void preload() {
    Thread loader = new Thread(DjlEngine::tryIt, "osteon-engine-preload");
    loader.setDaemon(true);
    loader.start();
  }

  private static void tryIt() {
    try {
      Engine.getEngine(NAME);
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("The engine does not load", e);
    }
  }

  /** True where the engine sees a GPU and {@code inference.device} does not rule it out. */
  public static boolean usesGpu(String inferenceDevice) {
    return device(inferenceDevice).isGpu();
  }

  /** The device that {@code inference.device} means here. */
  static Device device(String inferenceDevice) {
    return DeviceChoice.choose(Engine.getEngine(NAME), inferenceDevice);
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }
}
