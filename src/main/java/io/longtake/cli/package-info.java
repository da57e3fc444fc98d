/** The commands. Results go to standard output, progress and complaints to standard error; exit 0 done, 1 failed, 2 misused. */
package io.longtake.cli;
