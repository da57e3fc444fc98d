"""The Video LDM at its published size, with random weights: for timing only, never for pictures.

Widths, depths and conditioning are those of "Align your Latents" (2304.08818, App. H and Table 6) on Stable Diffusion 1.4, its x4
upscaler and its autoencoder; the temporal layers follow the authors' own generative-models code, which their counts of parameters bear out.
"""
