/** The float tensor that diffusion, models, stages, payloads and video exchange. Below every other room; depends on nothing. */
package io.longtake.tensor;
