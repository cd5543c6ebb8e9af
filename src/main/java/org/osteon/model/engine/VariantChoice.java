package org.osteon.model.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osteon.model.ModelRefusedException;
import org.osteon.model.ModelVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a version's precision variants runs. bf16 is twice as fast as f32 where the CPU has
 * instructions for it and many times slower where it has not, and int8 depends on the network as
 * well, so they are measured, on this machine, at load.
 */
public final class VariantChoice {
  private static final Logger LOG = LoggerFactory.getLogger(VariantChoice.class);
  private static final String F32 = "f32";

  /** PyTorch computes in it on CPUs only. */
  private static final String INT8 = "int8";

  /**
   * A variant's time must be below this share of that of the best before it, to be worth its
   * rounding: manifests name the more precise first.
   */
  private static final double WORTH_IT = 0.9;

  /**
   * Times f32's for one image by itself, from which on a variant is given up at once: in batches
   * none was seen to gain so much.
   */
  private static final double HOPELESS = 3;

  /** Images that are timed at once on a CPU, where twice as many tell no more and take longer. */
  private static final int ENOUGH_FOR_A_CPU = 8;

  private VariantChoice() {}

  /**
   * Loads a version.
   *
   * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @param precision a variant of the version, or {@code auto}: the fastest that reproduces its
   *     golden outputs here, the more precise where none is clearly faster
   * @param batchSize images in a full batch; a GPU is timed with such a one
   * @throws ModelRefusedException where the version or the named variant cannot be used
   */
  public static DjlModel load(
      ModelVersion version, String device, String precision, int batchSize) {
    if (!precision.equals("auto")) {
      return DjlModel.load(version, device, precision);
    }
    DjlModel best = DjlModel.load(version, device, F32);
    List<String> others = new ArrayList<>(version.manifest().variants().keySet());
    others.remove(F32);
    boolean cpu = best.deviceName().equals("cpu");
    if (!cpu) {
      others.remove(INT8);
    }
    int timed = cpu ? Math.min(batchSize, ENOUGH_FOR_A_CPU) : batchSize;
    if (others.isEmpty()) {
      return best;
    }
    double slowest = best.oneImageMicros() * HOPELESS;
    double limit = VariantTimes.micros(best, timed) * WORTH_IT;
    for (String other : others) {
      DjlModel candidate = loadOrNull(version, device, other, slowest);
      if (candidate == null) {
        continue;
      }
      double micros = VariantTimes.micros(candidate, timed);
      if (micros < limit) {
        best.close();
        best = candidate;
        limit = micros * WORTH_IT;
      } else {
        candidate.close();
      }
    }
    LOG.info("Model {} runs in {}", version.label(), best.precision());
    return best;
  }

  private static @Nullable DjlModel loadOrNull(
      ModelVersion version, String device, String precision, double slowestMicros) {
    try {
      return DjlModel.load(version, device, precision, slowestMicros);
    } catch (ModelRefusedException e) {
      // Another machine's variant: what matters here is that f32 is right.
      LOG.warn("{} It is left out.", e.getMessage());
      return null;
    }
  }
}
