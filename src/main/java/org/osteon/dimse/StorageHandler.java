package org.osteon.dimse;

/**
 * What becomes of instances that are stored.
 *
 * <p><b>Threading.</b> Called by many associations at once, one instance of each at a time.
 */
public interface StorageHandler {
  /**
   * An instance as it arrived.
   *
   * @param calling AE title of the sender
   * @param called AE title by which it called
   * @param sopClass as the command says
   * @param sopInstance as the command says
   * @param transferSyntax of the data set
   * @param dataSet without preamble and meta header
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not kept
  record Instance(
      String calling,
      String called,
      String sopClass,
      String sopInstance,
      String transferSyntax,
      byte[] dataSet) {}

  /**
   * What a peer says that it keeps, where it asks for an association to say so.
   *
   * @return {@link StoreStatus#SUCCESS}, and it says it no more
   */
  default StoreStatus reported(Commitment.Report report) {
    return StoreStatus.UNRECOGNISED;
  }

  /** Stores one, durably where it answers {@link StoreStatus#SUCCESS}. */
  StoreStatus store(Instance instance) throws InterruptedException;
}
