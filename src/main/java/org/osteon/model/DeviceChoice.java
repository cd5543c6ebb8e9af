package org.osteon.model;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** Where the model runs, out of {@code inference.device}. */
final class DeviceChoice {
  private DeviceChoice() {}

  /**
   * @param wanted {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
   * @throws ModelRefusedException where a GPU is asked for that the engine does not see
   */
  static Device choose(Engine engine, String wanted) {
    int gpus = engine.getGpuCount();
    if (wanted.equals("cpu") || (wanted.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    int index = wanted.startsWith("gpu:") ? Integer.parseInt(wanted.substring(4)) : 0;
    if (index >= gpus) {
      throw new ModelRefusedException(
          "inference.device is "
              + wanted
              + " but the engine sees "
              + gpus
              + " GPUs; set PYTORCH_LIBRARY_PATH to a libtorch with CUDA, or inference.device=cpu.");
    }
    return Device.gpu(index);
  }
}
