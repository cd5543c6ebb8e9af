package org.osteon.report;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osteon.client.EventImage;
import org.osteon.event.ClassificationResult;
import org.osteon.event.Region;
import org.osteon.event.XRayEvent;
import org.osteon.fetch.ImageFetcher;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.InputSpec;
import org.osteon.model.engine.DjlModel;
import org.osteon.model.engine.Explainer;

/**
 * Draws what the model saw of the images of some results, from their events: results carry no
 * pixels.
 *
 * <p><b>Threading.</b> One thread.
 */
public final class Pictures implements AutoCloseable {
  private final Map<String, Picture> drawn = new HashMap<>();
  private final Map<String, ClassificationResult> wanted;
  private final ImageDecoder decoder;
  private final ImageFetcher fetcher;
  private final DjlModel model;
  private final Explainer explainer;

  /**
   * @param wanted results to be drawn, by the id of their event
   * @param fetcher gets what events name; {@link ImageFetcher#NONE} leaves those out
   * @param model that is asked where it looks
   */
  public Pictures(
      Map<String, ClassificationResult> wanted,
      ImageDecoder decoder,
      ImageFetcher fetcher,
      DjlModel model) {
    this.wanted = Map.copyOf(wanted);
    this.decoder = decoder;
    this.fetcher = fetcher;
    this.model = model;
    this.explainer = model.explainer();
  }

  /** Draws the event's image where its result is wanted; whatever cannot be drawn is left out. */
  public void add(XRayEvent event) throws InterruptedException {
    ClassificationResult result = wanted.get(event.getEventId());
    if (result == null || drawn.containsKey(event.getEventId())) {
      return;
    }
    byte[] bytes = EventImage.of(event, fetcher);
    InputSpec spec = model.inputSpec();
    if (bytes != null && decoder.decode(bytes, spec) instanceof Decoding.Decoded decoded) {
      ByteBuffer plane =
          ByteBuffer.allocateDirect(spec.planeBytes()).order(ByteOrder.nativeOrder());
      try (decoded) {
        decoded.writeTo(plane, spec);
      }
      drawn.put(event.getEventId(), picture(plane.clear(), result));
    }
  }

  /** By the id of the event. */
  public Map<String, Picture> drawn() {
    return Map.copyOf(drawn);
  }

  @Override
  public void close() {
    explainer.close();
  }

  private Picture picture(ByteBuffer plane, ClassificationResult result) {
    InputSpec spec = model.inputSpec();
    byte[] pixels = new byte[spec.planeBytes()];
    plane.duplicate().get(pixels);
    String grey = Picture.uri(Picture.grey(pixels, spec.height(), spec.width()));
    int label = model.version().manifest().classes().indexOf(result.getLabel().name());
    // Another version looked elsewhere: its answer is not explained by this one's maps.
    boolean same = model.version().sha256().equals(result.getModel().getSha256());
    Optional<Explainer.Maps> maps =
        same && label >= 0 ? explainer.explain(plane) : Optional.empty();
    BufferedImage over =
        maps.map(found -> HeatMap.of(found, label, spec.height(), spec.width())).orElse(null);
    List<Region> regions = result.getRegions() == null ? List.of() : result.getRegions();
    if (over == null && !regions.isEmpty()) {
      over = new BufferedImage(spec.width(), spec.height(), BufferedImage.TYPE_INT_ARGB);
    }
    if (over == null) {
      return new Picture(grey, "");
    }
    RegionBoxes.draw(over, regions, result.getImage(), spec.resize());
    return new Picture(grey, Picture.uri(over));
  }
}
