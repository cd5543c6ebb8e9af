package org.osteon.console.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import org.osteon.report.HeatMap;
import org.osteon.report.Picture;
import org.osteon.report.RegionBoxes;

/**
 * Draws a picture that someone looks at, and over it where the model looked and what it boxed.
 *
 * <p><b>Threading.</b> One picture at a time; others wait.
 */
final class PictureDesk implements AutoCloseable {
  /** Rows and columns of what is shown, in pixels. */
  private static final int SIDE = 768;

  private final ImageDecoder decoder;
  private final ImageFetcher fetcher;
  private final DjlModel model;
  private final Explainer explainer;

  /**
   * @param fetcher gets what events name
   * @param model that is asked where it looks; closed by its creator
   */
  PictureDesk(ImageDecoder decoder, ImageFetcher fetcher, DjlModel model) {
    this.decoder = decoder;
    this.fetcher = fetcher;
    this.model = model;
    this.explainer = model.explainer();
  }

  /** Whether anything can lie over the picture of this result. */
  boolean explains(ClassificationResult result) {
    return result.getRegions() != null && !result.getRegions().isEmpty()
        || model.version().sha256().equals(result.getModel().getSha256());
  }

  @Override
  public synchronized void close() {
    explainer.close();
  }

  /** The picture as PNG; empty where it cannot be had or decoded. */
  synchronized Optional<byte[]> picture(XRayEvent event) throws InterruptedException {
    InputSpec spec = new InputSpec(SIDE, SIDE, model.inputSpec().resize());
    ByteBuffer plane = plane(event, spec);
    if (plane == null) {
      return Optional.empty();
    }
    byte[] pixels = new byte[spec.planeBytes()];
    plane.get(pixels);
    return Optional.of(Picture.png(Picture.grey(pixels, SIDE, SIDE)));
  }

  /**
   * What lies over the picture, as PNG of the same size; empty where the version that answered is
   * another than the one that can be asked, and names no boxes.
   */
  synchronized Optional<byte[]> map(XRayEvent event, ClassificationResult result)
      throws InterruptedException {
    BufferedImage heat = heat(event, result);
    List<Region> boxes = result.getRegions() == null ? List.of() : result.getRegions();
    if (heat == null && boxes.isEmpty()) {
      return Optional.empty();
    }
    BufferedImage over = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    if (heat != null) {
      Graphics2D pen = over.createGraphics();
      pen.drawImage(heat, 0, 0, null);
      pen.dispose();
    }
    RegionBoxes.draw(over, boxes, result.getImage(), model.inputSpec().resize());
    return Optional.of(Picture.png(over));
  }

  private @Nullable BufferedImage heat(XRayEvent event, ClassificationResult result)
      throws InterruptedException {
    int label = model.version().manifest().classes().indexOf(result.getLabel().name());
    // Another version looked elsewhere: its answer is not explained by this one's maps.
    if (label < 0 || !model.version().sha256().equals(result.getModel().getSha256())) {
      return null;
    }
    ByteBuffer plane = plane(event, model.inputSpec());
    return plane == null
        ? null
        : explainer.explain(plane).map(maps -> HeatMap.of(maps, label, SIDE, SIDE)).orElse(null);
  }

  private @Nullable ByteBuffer plane(XRayEvent event, InputSpec spec) throws InterruptedException {
    byte[] bytes = EventImage.of(event, fetcher);
    if (bytes == null || !(decoder.decode(bytes, spec) instanceof Decoding.Decoded decoded)) {
      return null;
    }
    ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes()).order(ByteOrder.nativeOrder());
    try (decoded) {
      decoded.writeTo(plane, spec);
    }
    return plane.flip();
  }
}
