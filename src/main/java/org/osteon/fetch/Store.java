package org.osteon.fetch;

import java.net.URI;

/**
 * Objects under one scheme.
 *
 * <p><b>Threading.</b> Any number of threads.
 */
interface Store extends AutoCloseable {
  /**
   * Holds an address against what is allowed, without asking anyone.
   *
   * @param uri as {@link Addresses#parse} lets it through
   * @throws Refusal it is not allowed
   */
  Place place(URI uri) throws Refusal;

  @Override
  void close();
}
