package org.osteon.batch.device;

import org.jspecify.annotations.Nullable;

/**
 * Tries an image that may have ended a replica where a second death costs nothing.
 *
 * <p><b>Threading.</b> Any; one image at a time.
 */
public interface SuspectTrial extends AutoCloseable {
  /** Code of what is found guilty. */
  String GUILTY = "KILLED_A_REPLICA";

  /** Finds nothing. */
  SuspectTrial NONE = (file, sha256, moving) -> null;

  /**
   * Decodes the image and asks the model about it.
   *
   * @param file the whole file; not changed
   * @param sha256 digest of the file
   * @param moving called now and then while this takes long, so that it is not taken for a hang
   * @return one sentence about what it does to a process, or null where it does nothing, or where
   *     there can be no trial
   */
  @Nullable String fault(byte[] file, String sha256, Runnable moving) throws InterruptedException;

  /** To be called as soon as there are suspects: what a trial needs takes seconds to start. */
  default void prepare() {}

  @Override
  default void close() {}
}
