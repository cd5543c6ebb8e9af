/**
 * The service as an operator starts it: its parts in their order, HTTP, logs and traces. What the
 * parts do lies in the packages below.
 *
 * <p>For {@code cli}, {@code demo} and {@code bench}. Start reading at {@link
 * org.osteon.service.OsteonService} and {@link org.osteon.service.ServiceStart}.
 */
@NullMarked
package org.osteon.service;

import org.jspecify.annotations.NullMarked;
