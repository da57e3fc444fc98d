"""One module per part; `python -m longtake_models.train <part>|all|chain-a|chain-b`."""
