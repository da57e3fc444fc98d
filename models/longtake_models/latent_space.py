"""The space that every diffusion model works in: how many numbers a cell of the picture has, and how large a cell is."""

from dataclasses import dataclass

from .config import load

FACTORS = (4, 8, 16)


@dataclass(frozen=True)
class LatentSpace:
    """Latents are (channels, height, width); a cell is factor x factor pixels."""

    channels: int
    factor: int
    height: int
    width: int
    depths: tuple[int, int, int] = (2, 1, 1)  # residual blocks of the decoder, from the latent on
    norms: bool = True  # in encoder and decoder

    def __post_init__(self) -> None:
        if self.factor not in FACTORS:
            raise ValueError(f"LatentSpace: factor is {self.factor}, expected one of {', '.join(map(str, FACTORS))}")
        if min(self.channels, self.height, self.width) < 1:
            raise ValueError(f"LatentSpace: {self.channels} x {self.height} x {self.width}, expected at least 1 of each")

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of one latent: (C, h, w)."""
        return self.channels, self.height, self.width

    @property
    def picture(self) -> tuple[int, int]:
        """Rows and columns of what is decoded."""
        return self.factor * self.height, self.factor * self.width


def latent_space() -> LatentSpace:
    """As `data` and `autoencoder` of the recipe say."""
    data, part = load()["data"], load()["autoencoder"]
    factor = part["factor"]
    if data["height"] % factor or data["width"] % factor:
        raise ValueError(f"autoencoder: factor is {factor}, expected a divisor of height {data['height']} and width {data['width']}")
    return LatentSpace(part["channels"], factor, data["height"] // factor, data["width"] // factor, tuple(part["depths"]), part["norms"])


def upsampling() -> int:
    """How many times larger than what is decoded the finished pictures are."""
    factor: int = load()["data"]["enlarged"]
    return factor
