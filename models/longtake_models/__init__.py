"""Trains, exports and judges the small Video LDM `drive` that ships with Longtake.

Read in the order in which a video is made: world (what is driven through), autoencoder, denoiser and temporal
(the video latent diffusion model), upsampler, then train, export and golden.
"""
