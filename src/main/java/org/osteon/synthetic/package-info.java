/**
 * Radiographs of no one, drawn by the project: for the demo, for tests, and as a marked part of
 * training data.
 *
 * <p>Anyone may use it; it uses no other room. Start reading at {@link
 * org.osteon.synthetic.SyntheticRadiographs}.
 */
@NullMarked
package org.osteon.synthetic;

import org.jspecify.annotations.NullMarked;
