package org.osteon.model.engine;

import java.util.List;
import java.util.Locale;

/**
 * Whether the engine says that the device had no memory. TorchScript puts that behind its trace, so
 * the whole message is looked at, and those of its causes.
 */
final class DeviceMemoryFault {
  /** As libtorch 2.7.1 and the libraries under it say it. */
  private static final List<String> SAID =
      List.of(
          "out of memory",
          "cudaerrormemoryallocation",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "cusolver_status_alloc_failed",
          "can't allocate memory");

  private static final int DEEPEST = 20;

  private DeviceMemoryFault() {}

  static boolean isIn(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < DEEPEST; depth++) {
      String message = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (SAID.stream().anyMatch(message::contains)) {
        return true;
      }
      at = at.getCause();
    }
    return false;
  }
}
