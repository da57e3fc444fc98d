/** What a benchmark found, on which machine and of which version: one form for all of them, as a table and as JSON. */
package io.longtake.bench.report;
