package org.osteon.model.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osteon.model.ModelRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the model runs, out of {@code inference.device}. */
final class DeviceChoice {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private DeviceChoice() {}

  /**
   * @param wanted {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @throws ModelRefusedException where a GPU is asked for that the engine does not see
   */
  static Device choose(Engine engine, String wanted) {
    int gpus = engine.getGpuCount();
    if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
      if (wanted.equals("auto")) {
        tellOfCuda();
      }
      return Device.cpu();
    }
    int index = wanted.startsWith("gpu:") ? Integer.parseInt(wanted.substring(4)) : 0;
    if (index >= gpus) {
      throw new ModelRefusedException(
          "inference.device is "
              + wanted
              + " but the engine sees "
              + gpus
              + " GPUs; run the image that has CUDA (make image FLAVOUR=gpu) with a driver and a GPU, or set inference.device=cpu.");
    }
    return Device.gpu(index);
  }

  /** Who brought a libtorch with CUDA wants a GPU, and should not find out by how slow it is. */
  private static void tellOfCuda() {
    boolean made = Files.exists(Path.of(LibUtils.getLibtorchPath(), "libtorch_cuda.so"));
    if (!made || TOLD.getAndSet(true)) {
      return;
    }
    String cuda = cudaVersion();
    if (cuda == null) {
      LOG.warn("libtorch is made for CUDA, which is not found, so the model runs on the CPU.");
    } else {
      LOG.warn(
          "CUDA {} is here but no GPU answers, so the model runs on the CPU: look for the driver, and whether this container was given a GPU.",
          cuda);
    }
  }

  /** Of the runtime that DJL found, which needs no driver to tell; null where it found none. */
  private static @Nullable String cudaVersion() {
    try {
      int version = CudaUtils.getCudaVersion();
      return version / 1000 + "." + version % 1000 / 10;
    } catch (IllegalStateException | IllegalArgumentException e) {
      return null;
    }
  }
}
