package org.osteon.model.engine;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.Optional;

/**
 * Memory of a GPU.
 *
 * @param usedBytes in use, by any process
 * @param maxBytes there is
 */
public record DeviceMemory(long usedBytes, long maxBytes) {
  /** Of the model's device; empty on a CPU, or where the driver does not say. */
  public static Optional<DeviceMemory> of(DjlModel model) {
    Device device = model.djl().getNDManager().getDevice();
    if (!device.isGpu()) {
      return Optional.empty();
    }
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return Optional.of(new DeviceMemory(usage.getCommitted(), usage.getMax()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }
}
