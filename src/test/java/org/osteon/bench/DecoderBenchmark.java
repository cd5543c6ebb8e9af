package org.osteon.bench;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.osteon.bench.rig.ImageSet;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;

/**
 * From a file to a plane of the model's size, with what could decode it: Osteon's decoder, OpenCV
 * at full size, the JDK's ImageIO at full size and with every nth pixel (which aliases). {@code
 * main} runs all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseParallelGC")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class DecoderBenchmark {
  private static final int SIDE = 192;

  private final InputSpec spec = new InputSpec(SIDE, SIDE, InputSpec.Resize.LETTERBOX);
  private final ImageDecoder decoder = ImageDecoders.standard(new ImageLimits(1 << 26, 1 << 28));
  private final ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes());

  @Param({"512 px JPEG", "5 MP JPEG", "5 MP PNG, 16 bit"})
  @SuppressWarnings("NullAway.Init")
  public String images;

  private byte[] file = new byte[0];

  /** Draws the picture. */
  @Setup
  public void draw() {
    List<ImageSet> sets = List.of(ImageSet.small(), ImageSet.largeJpeg(), ImageSet.largePng());
    ImageSet set = sets.stream().filter(s -> s.name().equals(images)).findFirst().orElseThrow();
    file = set.files().get(0);
  }

  /** At the smallest sufficient fraction, where the format has one, then by area. */
  @Benchmark
  public ByteBuffer osteon() {
    try (Decoding.Decoded decoded = (Decoding.Decoded) decoder.decode(file, spec)) {
      decoded.writeTo(plane.clear(), spec);
    }
    return plane;
  }

  /** {@code imdecode} and {@code resize}, as most people write it. */
  @Benchmark
  public double openCvFull() {
    try (BytePointer bytes = new BytePointer(file);
        Mat encoded = new Mat(1, file.length, org.bytedeco.opencv.global.opencv_core.CV_8U, bytes);
        Mat whole = imdecode(encoded, IMREAD_GRAYSCALE);
        Mat small = new Mat();
        Size size = new Size(SIDE, SIDE)) {
      resize(whole, small, size, 0, 0, INTER_AREA);
      return small.data().get();
    }
  }

  /** All pixels; no resize, which Java2D would add. */
  @Benchmark
  public BufferedImage imageIoFull() throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  /** Every nth pixel of every nth row: the cheapest that ImageIO can do. */
  @Benchmark
  public BufferedImage imageIoSubsampled() throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      try {
        reader.setInput(in);
        ImageReadParam every = reader.getDefaultReadParam();
        Rectangle whole = new Rectangle(reader.getWidth(0), reader.getHeight(0));
        int step = Math.max(1, Math.min(whole.width, whole.height) / SIDE);
        every.setSourceSubsampling(step, step, 0, 0);
        return reader.read(0, every);
      } finally {
        reader.dispose();
      }
    }
  }

  /** Runs all of them. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(DecoderBenchmark.class.getSimpleName()).build()).run();
  }
}
