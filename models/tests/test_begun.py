"""Weights that are committed before their training has ended: they fit the networks of their recipe, and git takes them."""

from longtake_models import config
from longtake_models.autoencoder import Autoencoder
from longtake_models.train import kept

BEGUN = config.PACKAGE.parent / "begun"


def test_training_of_road_goes_on_from_the_committed_autoencoder(monkeypatch, tmp_path):
    monkeypatch.setenv("LONGTAKE_RECIPE", "road")
    monkeypatch.setenv("LONGTAKE_WORK", str(tmp_path))
    recipe = config.load.__wrapped__()
    monkeypatch.setattr("longtake_models.latent_space.load", lambda: recipe)
    state, about = kept.begun("autoencoder")
    network = Autoencoder()
    network.load_state_dict(state)
    assert about["parameters"] == sum(p.numel() for p in network.parameters())
    assert 0 < about["steps"] < recipe["autoencoder"]["steps"] and not about["done"]


def test_every_committed_file_is_small_enough_and_named_by_its_record():
    for record in BEGUN.glob("*/*.json"):
        assert sorted(record.parent.glob(f"{record.stem}-*.safetensors"))
    assert all(path.stat().st_size <= 16 * 2**20 for path in BEGUN.rglob("*.safetensors"))
    assert len(list(BEGUN.rglob("*.safetensors"))) > 0
