package org.osteon.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.djl.translate.TranslateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of libtorch 2.7.1, as its sources write them. */
class DeviceMemoryFaultTest {
  private static final String TRACE =
      """
      The following operation failed in the TorchScript interpreter.
      Traceback of TorchScript, serialized code (most recent call last):
        File "code/__torch__/osteon_training/export.py", line 12, in forward
          _0 = torch.conv2d(x, weight, None, [2, 2], [3, 3], [1, 1], 1)
               ~~~~~~~~~~~~ <--- HERE

      Traceback of TorchScript, original code (most recent call last):
      RuntimeError: %s
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 79.11 GiB of which 1.31 GiB is free. Process 4711 has 77.79 GiB memory in use.",
        "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported at some other API call",
        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
        "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4294967296 bytes. Error code 12 (Cannot allocate memory)",
      })
  void itIsFoundWhereverItStands(String said) {
    assertThat(DeviceMemoryFault.isIn(new EngineException(said))).isTrue();
    assertThat(DeviceMemoryFault.isIn(new EngineException(TRACE.formatted(said)))).isTrue();
    assertThat(
            DeviceMemoryFault.isIn(
                new TranslateException("no", new EngineException(TRACE.formatted(said)))))
        .isTrue();
  }

  @Test
  void otherFailuresAreNone() {
    assertThat(
            DeviceMemoryFault.isIn(
                new EngineException(TRACE.formatted("device-side assert triggered"))))
        .isFalse();
    assertThat(DeviceMemoryFault.isIn(new IllegalStateException())).isFalse();
  }
}
