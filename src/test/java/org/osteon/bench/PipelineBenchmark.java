package org.osteon.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.osteon.batch.BatchPipeline;
import org.osteon.batch.BatchSettings;
import org.osteon.batch.DecodeStage;
import org.osteon.batch.FetchPool;
import org.osteon.batch.contract.Handling;
import org.osteon.batch.contract.Outcome;
import org.osteon.batch.contract.PipelineListener;
import org.osteon.batch.contract.Urgency;
import org.osteon.batch.device.BatchPredictor;
import org.osteon.image.Decoding;
import org.osteon.image.ImageDecoder;
import org.osteon.image.ImageInfo;
import org.osteon.image.ImageLimits;
import org.osteon.image.InputSpec;
import org.osteon.image.format.ImageDecoders;
import org.osteon.synthetic.SyntheticRadiographs;
import org.osteon.synthetic.SyntheticRadiographs.Kind;

/**
 * What the pipeline itself costs: decoding, writing a plane into a slot, and handing 1,000 images
 * over and their outcomes back, with a decoder and a device that cost nothing. {@code main} runs
 * all.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class PipelineBenchmark {
  private static final int IMAGES = 1000;

  private final InputSpec spec = new InputSpec(160, 160, InputSpec.Resize.LETTERBOX);
  private final ImageDecoder decoder = ImageDecoders.standard(new ImageLimits(1 << 25, 1 << 27));
  private final ByteBuffer plane = ByteBuffer.allocateDirect(spec.planeBytes());
  private final byte[] jpeg = SyntheticRadiographs.draw(1, Kind.FRACTURED).jpeg();

  @SuppressWarnings("NullAway.Init")
  private BatchPipeline pipeline;

  @Setup(Level.Trial)
  public void start() {
    BatchSettings settings =
        new BatchSettings(
            16,
            java.time.Duration.ofMillis(5),
            2,
            1,
            256,
            1 << 28,
            java.time.Duration.ofSeconds(10));
    pipeline =
        BatchPipeline.start(
            settings,
            spec,
            FetchPool.NONE,
            DecodeStage.of(PipelineBenchmark::nothingToDecode),
            Idle::new,
            "idle",
            PipelineListener.NONE);
  }

  @TearDown(Level.Trial)
  public void stop() {
    pipeline.close();
  }

  @Benchmark
  public int decodeAndWriteAPlane() {
    if (decoder.decode(jpeg, spec) instanceof Decoding.Decoded decoded) {
      try (decoded) {
        decoded.writeTo(plane.clear(), spec);
      }
    }
    return plane.get(0);
  }

  @Benchmark
  @OperationsPerInvocation(IMAGES)
  public int handOverAndBack() throws Exception {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(IMAGES);
    byte[] image = {1};
    for (int i = 0; i < IMAGES; i++) {
      CompletableFuture<Outcome> outcome =
          pipeline.submit(
              ByteBuffer.wrap(image),
              new Handling(Urgency.ROUTINE, 1),
              TimeUnit.SECONDS.toNanos(10));
      if (outcome != null) {
        outcomes.add(outcome);
      }
    }
    for (CompletableFuture<Outcome> outcome : outcomes) {
      outcome.get();
    }
    return outcomes.size();
  }

  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(PipelineBenchmark.class.getSimpleName()).build()).run();
  }

  private static Decoding nothingToDecode(byte[] bytes, InputSpec spec) {
    return new Decoding.Decoded() {
      @Override
      public ImageInfo info() {
        return new ImageInfo("image/x-nothing", 1, 1);
      }

      @Override
      public void writeTo(ByteBuffer slot, InputSpec s) {
        slot.put(0, bytes[0]);
      }

      @Override
      public void close() {}
    };
  }

  /** A device that answers at once. */
  private static final class Idle implements BatchPredictor {
    @Override
    public Answers predict(ByteBuffer planes, int count) {
      return Answers.of(new float[count][3]);
    }

    @Override
    public void close() {}
  }
}
