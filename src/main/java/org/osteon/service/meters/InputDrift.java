package org.osteon.service.meters;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.osteon.batch.DecodedView;
import org.osteon.batch.PipelineListener;
import org.osteon.event.ClassificationResult;
import org.osteon.event.ImageSummary;
import org.osteon.event.LabelProbability;
import org.osteon.metrics.Metric;
import org.osteon.model.InputReference;
import org.osteon.model.ModelVersion;
import org.osteon.topology.listen.TopologyListener;

/**
 * What comes in against what the running version was made from: sizes, greys, body parts and
 * confidence of the last images. Memory is bounded by the window, and nothing of an image is kept
 * but in which bins it lay.
 *
 * <p><b>Threading.</b> Any.
 */
final class InputDrift implements PipelineListener, TopologyListener {
  private static final int GREYS = 256;

  private final int most;
  private volatile Map<Feature, Held> held = Map.of();

  /** As metrics name them, and as {@code reference.json} does. */
  enum Feature {
    GREY("grey", "grey"),
    SIZE("size", "size"),
    BODY_PART("body_part", "bodyPart"),
    CONFIDENCE("confidence", "confidence");

    final String label;
    final String key;

    Feature(String label, String key) {
      this.label = label;
      this.key = key;
    }
  }

  /** What a feature should be, and what it is. */
  private record Held(InputReference.Feature reference, DriftWindow window) {}

  /**
   * @param most images in the window
   */
  InputDrift(Meters meters, int most) {
    this.most = most;
    for (Feature feature : Feature.values()) {
      meters.gauge(Metric.INPUT_DRIFT, this, drift -> drift.index(feature), feature.label);
      meters.gauge(Metric.INPUT_DRIFT_IMAGES, this, drift -> drift.images(feature), feature.label);
    }
  }

  /** From now on it is held against this version's reference; none, where it has none. */
  void begin(ModelVersion version) {
    Map<Feature, Held> next = new EnumMap<>(Feature.class);
    InputReference.of(version)
        .ifPresent(
            reference -> {
              for (Feature feature : Feature.values()) {
                InputReference.Feature known = reference.features().get(feature.key);
                if (known != null) {
                  next.put(feature, new Held(known, new DriftWindow(known.shares(), most)));
                }
              }
            });
    held = next;
  }

  @Override
  public void seen(DecodedView sight) {
    Held grey = held.get(Feature.GREY);
    if (grey == null) {
      return;
    }
    int[] levels = new int[GREYS];
    ByteBuffer plane = sight.plane();
    for (int i = plane.position(); i < plane.limit(); i++) {
      levels[plane.get(i) & 0xff]++;
    }
    int[] counts = new int[grey.reference.shares().size()];
    for (int level = 0; level < GREYS; level++) {
      counts[grey.reference.bin(level)] += levels[level];
    }
    grey.window.add(counts, plane.remaining());
  }

  @Override
  public void forwarded(ClassificationResult result) {
    ImageSummary image = result.getImage();
    add(Feature.SIZE, Math.max(image.getWidth(), image.getHeight()));
    add(Feature.CONFIDENCE, largest(result));
    Held part = held.get(Feature.BODY_PART);
    String said = result.getBodyPart();
    if (part != null && said != null && !said.isBlank()) {
      part.window.add(part.reference.bin(said.strip().toUpperCase(Locale.ROOT)));
    }
  }

  private void add(Feature feature, double value) {
    Held known = held.get(feature);
    if (known != null) {
      known.window.add(known.reference.bin(value));
    }
  }

  private double index(Feature feature) {
    Held known = held.get(feature);
    return known == null ? Double.NaN : known.window.index();
  }

  private double images(Feature feature) {
    Held known = held.get(feature);
    return known == null ? 0 : known.window.images();
  }

  /** The largest probability, which is what training kept: the label may be another's. */
  private static double largest(ClassificationResult result) {
    return result.getProbabilities().stream()
        .mapToDouble(LabelProbability::getProbability)
        .max()
        .orElse(result.getConfidence());
  }
}
