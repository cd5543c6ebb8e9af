package org.osteon.model.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.image.InputSpec;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A version's graph on a device, loaded by DJL's PyTorch engine, offline, its golden outputs
 * reproduced on this very machine.
 *
 * <p><b>Threading.</b> Opened and closed by one thread; {@link #predictor} by any, each for itself.
 */
public final class DjlModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DjlModel.class);

  /** Longest that closing waits for a call. */
  private static final long CALL_SECONDS = 60;

  private final ModelVersion version;
  private final Model model;
  private final Device device;
  private final String precision;
  private final Golden golden;
  private final AtomicBoolean toldOfLargest = new AtomicBoolean();
  private double oneImageMicros = Double.MAX_VALUE;
  private final List<ExecutorService> stillCalling = new CopyOnWriteArrayList<>();

  private DjlModel(
      ModelVersion version, Model model, Device device, String precision, Golden golden) {
    this.version = version;
    this.model = model;
    this.device = device;
    this.precision = precision;
    this.golden = golden;
  }

  /**
   * Loads a version and checks its golden outputs.
   *
   * @param inferenceDevice {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @param precision a variant of the manifest, e.g. {@code f32}
   * @throws ModelRefusedException where it cannot be loaded or does not answer as its golden
   *     outputs say
   */
  public static DjlModel load(ModelVersion version, String inferenceDevice, String precision) {
    return load(version, inferenceDevice, precision, Double.MAX_VALUE);
  }

  /**
   * The same, given up early where it is not worth the rest: a variant that this CPU has no
   * instructions for takes a minute to load and to warm.
   *
   * @param slowestMicros most that one image by itself may take, once the graph has been called
   * @throws ModelRefusedException also where it takes longer
   */
  static DjlModel load(
      ModelVersion version, String inferenceDevice, String precision, double slowestMicros) {
    Device device = DjlEngine.device(inferenceDevice);
    Model model = Model.newInstance(version.manifest().name(), device, DjlEngine.NAME);
    try {
      // By its path: from a stream DJL would leave an empty folder behind when the process is
      // killed.
      model.load(version.folder(), version.variant(precision).getFileName().toString());
    } catch (IOException | MalformedModelException | RuntimeException e) {
      model.close();
      throw new ModelRefusedException(
          "Model version %s is refused: its %s graph does not load (%s)."
              .formatted(version.label(), precision, firstLine(e)),
          e);
    }
    DjlModel loaded;
    try {
      Golden golden = Golden.read(version, precision, model.getNDManager());
      loaded = new DjlModel(version, model, device, precision, golden);
      loaded.check(slowestMicros);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    LOG.info("Model {} ({}) on {}", version.label(), precision, loaded.deviceName());
    return loaded;
  }

  /**
   * Asks for each golden output by itself. A graph, an engine or a machine that answers otherwise
   * than where the version was made gives wrong classifications without a word; this is the word.
   */
  private void check(double slowestMicros) {
    try (DjlPredictor predictor = coldPredictor(1)) {
      for (int i = 0; i < golden.count(); i++) {
        long start = System.nanoTime();
        float[] logits = predictor.predict(golden.planes(i, 1), 1).logits()[0];
        oneImageMicros = Math.min(oneImageMicros, (System.nanoTime() - start) / 1e3);
        String fault = golden.fault(i, logits);
        if (fault != null) {
          throw Golden.refused(version, fault);
        }
        // The first call makes the engine's kernels, so it tells nothing.
        if (i > 0 && oneImageMicros > slowestMicros) {
          throw new ModelRefusedException(
              "Model version %s is not run in %s: an image takes %.0f µs, and %.0f are allowed."
                  .formatted(version.label(), precision, oneImageMicros, slowestMicros));
        }
      }
    }
  }

  /** Microseconds of one image by itself: the least of the golden inputs. */
  double oneImageMicros() {
    return oneImageMicros;
  }

  /**
   * A predictor for the calling thread, warm for each batch size up to {@code maxSize}, and right
   * in each that it calls: see {@link DjlPredictor}.
   *
   * @param maxSize images in the largest batch
   * @throws ModelRefusedException where a golden output is another in this thread
   */
  public BatchPredictor predictor(int maxSize) {
    DjlPredictor predictor = coldPredictor(maxSize);
    try {
      String fault = predictor.warmUp(version, golden);
      if (fault != null && !toldOfLargest.getAndSet(true)) {
        LOG.warn(
            "Model {} ({}) is called with {} images at most, because with twice as many {}",
            version.label(),
            precision,
            predictor.largest(),
            fault);
      }
    } catch (RuntimeException e) {
      predictor.close();
      throw e;
    }
    return predictor;
  }

  /**
   * The same, with so many threads inside each of the calling thread's calls. The engine keeps the
   * number for each thread that calls it; what is set here becomes that of threads that have not
   * called it yet, so each thread of a pipeline sets its own.
   *
   * @param intraOpThreads threads that one call uses, 1 or more
   */
  public BatchPredictor predictor(int maxSize, int intraOpThreads) {
    JniUtils.setNumThreads(intraOpThreads);
    return predictor(maxSize);
  }

  /** A predictor for the calling thread whose first calls are slow. */
  DjlPredictor coldPredictor(int maxSize) {
    return new DjlPredictor(model, version.manifest(), maxSize, device);
  }

  /** Asks the graph where it looks; for the calling thread. */
  public Explainer explainer() {
    return new Explainer(this);
  }

  public ModelVersion version() {
    return version;
  }

  public InputSpec inputSpec() {
    return version.manifest().inputSpec();
  }

  /** {@code cpu} or {@code gpu:N}. */
  public String deviceName() {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }

  /** The variant that runs, e.g. {@code f32}. */
  public String precision() {
    return precision;
  }

  /** What still calls the model and has been shut down; it must end before the model is closed. */
  void closesAfter(ExecutorService calling) {
    stillCalling.add(calling);
  }

  @Override
  public void close() {
    try {
      for (ExecutorService calling : stillCalling) {
        if (!calling.awaitTermination(CALL_SECONDS, TimeUnit.SECONDS)) {
          LOG.warn("A call of {} does not end: its memory is not given back", version.label());
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    model.close();
  }

  Model djl() {
    return model;
  }

  static String firstLine(Throwable e) {
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName().toLowerCase(Locale.ROOT)
        : message.lines().findFirst().orElse("no message");
  }
}
