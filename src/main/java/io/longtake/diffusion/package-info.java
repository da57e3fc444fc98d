/**
 * The mathematics of sampling from a video diffusion model: noise schedules, samplers, guidance, context frames, windows,
 * and the noise itself. Plain Java over {@link io.longtake.tensor.Tensor}; a network is only a {@link
 * io.longtake.diffusion.Denoiser} here, so every formula can be tested without one.
 *
 * <p>Sources, cited beside the formulas: [VLDM] "Align your Latents", arXiv 2304.08818; [VidRD] "Reuse and Diffuse",
 * arXiv 2309.03549; [DDIM] arXiv 2010.02502; [DPM++] arXiv 2211.01095; [ZSNR] arXiv 2305.08891; [Philox] Salmon et al.,
 * "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
package io.longtake.diffusion;
