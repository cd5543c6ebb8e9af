/** The manifests of {@code k8s/}: strict, offline, and against each other. */
@NullMarked
package org.osteon.kubernetes;

import org.jspecify.annotations.NullMarked;
