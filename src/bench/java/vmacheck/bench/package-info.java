/// Benchmarks, run by `mvn -Pbench integration-test`.
@NullMarked
package vmacheck.bench;

import org.jspecify.annotations.NullMarked;
